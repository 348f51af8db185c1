from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Occurrence(models.Model):
    """One time a rule had something to say of an object: said, or left out. Unique, so that no rule speaks twice."""

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Skipped: too late to be of use")

    rule = models.CharField(_("rule"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    about = GenericForeignKey()
    mark = models.CharField(_("occurrence"), max_length=80)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=20, choices=State)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "content_type", "object_id", "mark"], name="a_rule_speaks_once"),
        ]

    def __str__(self):
        return f"{self.rule} {self.mark}"


class RuleRun(models.Model):
    """The last run of a rule, for the page that lists them all."""

    rule = models.CharField(_("rule"), max_length=60, unique=True)
    is_off = models.BooleanField(_("switched off"), default=False)
    started_at = models.DateTimeField(_("last run"), null=True, blank=True)
    seconds = models.FloatField(_("took, in seconds"), default=0)
    found = models.PositiveIntegerField(_("found"), default=0)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        ordering = ["rule"]

    def __str__(self):
        return self.rule

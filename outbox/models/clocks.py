from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Occurrence(models.Model):
    """One time a rule had something to say of an object: written, or left out. Unique, so that no rule speaks twice.

    Written is not sent: what became of its mails stands in them.
    """

    class State(models.TextChoices):
        WRITTEN = "written", _("Written")
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
        indexes = [models.Index(fields=["rule", "-created_at", "-id"], name="occurrence_latest")]

    def __str__(self):
        return f"{self.rule} {self.mark}"


class RuleRun(models.Model):
    """The last run of a rule, for the page that lists them all."""

    rule = models.CharField(_("rule"), max_length=60, unique=True)
    is_off = models.BooleanField(_("switched off"), default=False)
    started_at = models.DateTimeField(_("last run"), null=True, blank=True)
    seconds = models.FloatField(_("took, in seconds"), null=True, blank=True, help_text=_("Empty while it runs."))
    found = models.PositiveIntegerField(_("found"), default=0)
    written = models.PositiveIntegerField(_("written"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    switched_at = models.DateTimeField(_("switched"), null=True, blank=True)
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["rule"]
        verbose_name = _("rule of the clocks")
        verbose_name_plural = _("rules of the clocks")

    def __str__(self):
        return self.rule

    @property
    def is_finished(self):
        return self.seconds is not None

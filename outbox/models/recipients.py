from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RecipientQuerySet(models.QuerySet):
    def undeliverable(self):
        """Mail to them came back for good."""
        return self.filter(bounced_at__isnull=False)


class Recipient(models.Model):
    """What the outbox knows of an address: whether mail arrives there."""

    address = models.EmailField(_("address"), unique=True, help_text=_("In small letters."))
    bounced_at = models.DateTimeField(_("does not take mail since"), null=True, blank=True)
    bounce_reason = models.TextField(_("why"), blank=True)
    complained_at = models.DateTimeField(_("called our mail spam"), null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        indexes = [models.Index(fields=["bounced_at"], condition=models.Q(bounced_at__isnull=False), name="recipient_bounced")]

    def __str__(self):
        return self.address


class Preference(models.Model):
    """How an address wants the mails of one group: no row means as the group starts."""

    class Choice(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("One mail a day")
        OFF = "off", _("Off")

    address = models.EmailField(_("address"), help_text=_("In small letters."))
    group = models.CharField(_("mails"), max_length=40)
    choice = models.CharField(_("wanted"), max_length=10, choices=Choice)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        ordering = ["address", "group"]
        constraints = [models.UniqueConstraint(fields=["address", "group"], name="one_preference_a_group")]

    def __str__(self):
        return f"{self.address}: {self.group}: {self.get_choice_display()}"

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mailing(models.Model):
    """Mails to many that a person releases after a look: prepared, previewed, released or cancelled."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        RELEASED = "released", _("Released")
        CANCELLED = "cancelled", _("Cancelled")

    STATUS_FIELD = "state"
    TRANSITIONS = {
        State.PREPARED: {State.RELEASED, State.CANCELLED},
        State.RELEASED: {State.CANCELLED},
    }

    key = models.CharField(_("key"), max_length=200, unique=True, help_text=_("The same key again is the same mailing."))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PREPARED)
    prepared_at = models.DateTimeField(_("prepared"), default=timezone.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("released or cancelled"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-prepared_at", "-pk"]

    def __str__(self):
        return self.title

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class OutboxSettings(models.Model):
    """What holds for all mail. One row."""

    is_on_hold = models.BooleanField(_("all mail is held"), default=False)
    hold_reason = models.CharField(_("why"), max_length=200, blank=True)
    per_minute = models.PositiveIntegerField(
        _("mails a minute at most"), null=True, blank=True, help_text=_("As your mail provider allows. Empty: no limit.")
    )
    day_mail_at = models.PositiveSmallIntegerField(
        _("hour of the mail of the day"),
        default=8,
        validators=[MinValueValidator(0), MaxValueValidator(23)],
        help_text=_("In the recipient's time zone, on working days."),
    )

    class Meta:
        verbose_name = _("settings of all mail")
        verbose_name_plural = _("settings of all mail")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="outbox_settings_are_one_row")]

    def __str__(self):
        return str(_("Settings of all mail"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """As edited, else the defaults."""
        return cls.objects.first() or cls()

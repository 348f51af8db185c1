import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.models.requests import Candidate


@pghistory.track()
class Debrief(models.Model):
    """Three answers of one side after the conversation."""

    class Side(models.TextChoices):
        ADVOCATE = "advocate", _("Advocate")
        PROSPECT = "prospect", _("Prospect's side")

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="debriefs")
    side = models.CharField(_("side"), max_length=20, choices=Side)
    went_well = models.PositiveSmallIntegerField(
        _("how it went (1-5)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    mattered = models.TextField(_("what mattered most"), blank=True)
    next_time = models.TextField(_("what to do differently"), blank=True)
    shares = models.BooleanField(_("sales may read this"), default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty when the advocate answered by link."),
    )
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        ordering = ["candidate", "side"]
        constraints = [models.UniqueConstraint(fields=["candidate", "side"], name="one_debrief_a_side")]

    def __str__(self):
        return f"{self.get_side_display()}: {self.candidate}"

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models.one_row import OneRow


@pghistory.track()
class EligibilityRules(OneRow):
    """The lines a customer has to meet to be worth nominating and to become an advocate. One row."""

    nps = models.PositiveSmallIntegerField(_("NPS at least"), default=9, validators=[MaxValueValidator(10)])
    health = models.PositiveSmallIntegerField(_("health at least"), default=70, validators=[MaxValueValidator(100)])
    tenure_months = models.PositiveSmallIntegerField(_("customer for at least, in months"), default=3)
    needs_usage = models.BooleanField(_("uses the product actively"), default=True)
    rapport = models.PositiveSmallIntegerField(
        _("rapport with the CSM at least"), default=4, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        verbose_name = _("eligibility rules")
        verbose_name_plural = _("eligibility rules")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="eligibility_rules_are_one_row")]

    def __str__(self):
        return str(_("Eligibility rules"))

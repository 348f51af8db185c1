import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models.advocates import Advocate


@pghistory.track()
class TierRule(models.Model):
    """What a tier asks for. Points are those of the activities done in the last year."""

    tier = models.CharField(_("tier"), max_length=20, choices=Advocate.Tier, unique=True)
    points = models.PositiveSmallIntegerField(_("points in a year"), default=0)
    activities_done = models.PositiveSmallIntegerField(_("activities done, ever"), default=0)
    needs_story = models.BooleanField(_("has told a story"), default=False)
    needs_public_name = models.BooleanField(_("lets us use name and company"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.get_tier_display()

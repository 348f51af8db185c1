from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Gap(models.Model):
    """A kind of customer we lack as references, for the forms that bring customers in. Written anew by a clock."""

    label = models.CharField(_("who is wanted"), max_length=300)
    missing = models.PositiveIntegerField(_("advocates missing"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label

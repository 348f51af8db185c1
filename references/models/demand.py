import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Industry, Opportunity, Product
from advocacy.models.accounts import Segment
from advocacy.models.one_row import OneRow
from advocacy.models.users import Region
from references.models.requests import ReferenceRequest
from references.querysets import UnmetNeedQuerySet


@pghistory.track()
class UnmetNeed(models.Model):
    """Somebody looked or asked for a reference and found nobody."""

    class Source(models.TextChoices):
        SEARCH = "search", _("Search")
        REQUEST = "request", _("Reference request")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MET = "met", _("Met")
        DROPPED = "dropped", _("Not pursued")

    STATUS_FIELD = "state"
    TRANSITIONS = {State.OPEN: {State.MET, State.DROPPED}, State.DROPPED: {State.OPEN}, State.MET: {State.OPEN}}

    source = models.CharField(_("came from"), max_length=20, choices=Source)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="unmet_needs")
    query = models.CharField(max_length=2000, blank=True)
    text = models.CharField(_("words"), max_length=200, blank=True)
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    segment = models.CharField(_("segment"), max_length=20, choices=Segment, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Advocate.Level, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="unmet_needs")
    request = models.OneToOneField(ReferenceRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="unmet_need")
    asks_team = models.BooleanField(_("asked the team"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    lost_for_want = models.BooleanField(
        _("deal lost for want of a reference"), null=True, blank=True, help_text=_("As its owner sees it; empty: not said.")
    )
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="unmet_need_state")]

    def __str__(self):
        return self.text or f"{self.get_source_display()}, {self.created_at:%Y-%m-%d}"

    @property
    def words(self):
        """What was looked for, as one line."""
        products = [str(product) for product in self.products.all()] if self.pk else []
        parts = [self.text and f"“{self.text}”", self.industry, *products, self.get_region_display(), self.get_segment_display()]
        return ", ".join(str(part) for part in [*parts, self.get_level_display(), self.activity_type] if part)

    def facts(self):
        """What was wanted: a label and a value for each thing that was said."""
        said = {
            _("Words"): self.text and f"“{self.text}”",
            _("For"): self.activity_type,
            _("Industry"): self.industry,
            _("Region"): self.get_region_display(),
            _("Company size"): self.get_segment_display(),
            _("Level"): self.get_level_display(),
            _("Products"): ", ".join(map(str, self.products.all())),
            _("Deal"): self.opportunity,
        }
        return [(label, value) for label, value in said.items() if value]


@pghistory.track()
class GrowthGoal(models.Model):
    """A segment the company is moving into, which will need references."""

    name = models.CharField(_("name"), max_length=150)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    segment = models.CharField(_("company size"), max_length=20, choices=Segment, blank=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(_("whom prospects want to hear"), max_length=20, choices=Advocate.Level, blank=True)
    channel = models.CharField(_("channel"), max_length=100, blank=True)
    partner = models.CharField(_("partner"), max_length=100, blank=True)
    opportunities = models.PositiveIntegerField(_("deals expected"), default=0, help_text=_("Until the day below."))
    pipeline = models.DecimalField(_("pipeline expected"), max_digits=18, decimal_places=2, null=True, blank=True)
    until = models.DateField(_("until"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["until", "name", "pk"]

    def __str__(self):
        return self.name


@pghistory.track()
class DemandRules(OneRow):
    """What turns deals into a number of advocates to recruit. One row."""

    share_needing = models.PositiveSmallIntegerField(
        _("deals that need references, in percent"), default=30, validators=[MaxValueValidator(100)]
    )
    references_each = models.DecimalField(_("references each of them needs"), max_digits=4, decimal_places=1, default=2)
    asks_a_year = models.DecimalField(_("asks a year an advocate can bear"), max_digits=4, decimal_places=1, default=4)

    class Meta:
        verbose_name = _("demand rules")
        verbose_name_plural = _("demand rules")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="demand_rules_are_one_row"),
            models.CheckConstraint(condition=Q(asks_a_year__gt=0), name="advocates_can_bear_an_ask"),
        ]

    def __str__(self):
        return str(_("How many advocates we need"))

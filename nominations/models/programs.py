from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models.users import validate_time_zone
from nominations.querysets import ProgramQuerySet

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


def default_consent_text():
    return gettext(
        "I agree that the judges read my nomination and that somebody may contact me about it. Nothing is published without my yes."
    )


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Program(models.Model):
    """One season of an awards program: the call for nominations and the rules it is judged by."""

    class TieRule(models.TextChoices):
        STORY = "story", _("The stronger story goes first")
        PARTNERSHIP = "partnership", _("The stronger partnership goes first")
        MORE_JUDGES = "more_judges", _("The one scored by more judges goes first")
        CHAIR = "chair", _("The chair decides")
        SHARED = "shared", _("Both win: joint winners")

    class Factor(models.TextChoices):
        INNOVATION = "innovation", _("Innovation")
        SAVINGS = "savings", _("Measurable savings")
        PRODUCTIVITY = "productivity", _("Productivity")
        PROCESS = "process", _("Process")
        QUALITY = "quality", _("Quality")
        TIME = "time", _("Time")
        UNIQUE_USE = "unique_use", _("Unique use")
        COMMENTARY = "commentary", _("Commentary")

    class AssignmentMode(models.TextChoices):
        EVERYONE = "everyone", _("Every judge reads every nomination")
        CATEGORY = "category", _("Judges read the categories they were given")
        BALANCED = "balanced", _("Shared out evenly by the system")
        BY_HAND = "by_hand", _("By hand")

    class Phase(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open for nominations")
        CLOSED = "closed", _("Nominations closed")
        JUDGING = "judging", _("In judging")
        JUDGED = "judged", _("Judging closed")
        ANNOUNCED = "announced", _("Announced")

    series = models.CharField(_("series"), max_length=100, blank=True, help_text=_("The program across its seasons."))
    season = models.CharField(_("season"), max_length=50, blank=True, help_text=_("Such as 2027."))
    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("address"), unique=True, help_text=_("The program's page is /programs/<address>/."))
    is_public = models.BooleanField(_("public page"), default=False, help_text=_("Until ticked, only we see the program."))
    purpose = models.TextField(_("purpose"), blank=True)
    opens_at = models.DateTimeField(_("call opens"))
    closes_at = models.DateTimeField(_("call closes"))
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace in minutes"), default=0, help_text=_("Nominations are taken this long after the close. Not shown to anyone.")
    )
    judging_opens_at = models.DateTimeField(_("judging opens"))
    judging_closes_at = models.DateTimeField(_("judging closes"))
    announces_at = models.DateTimeField(_("announcement"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    story_weight = models.PositiveSmallIntegerField(
        _("weight of the story"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Of 100; the partnership has the rest."),
    )
    story_floor = models.DecimalField(
        _("lowest story mean that ranks"), max_digits=3, decimal_places=2, default=1, validators=ONE_TO_FIVE
    )
    partnership_floor = models.DecimalField(
        _("lowest partnership mean that ranks"), max_digits=3, decimal_places=2, default=1, validators=ONE_TO_FIVE
    )
    selection_factors = ArrayField(
        models.CharField(max_length=20, choices=Factor),
        verbose_name=_("selection factors"),
        default=list,
        blank=True,
        help_text=_("Advice to judges on what to look for. The two criteria stay two."),
    )
    assignment_mode = models.CharField(
        _("who reads what"), max_length=20, choices=AssignmentMode, default=AssignmentMode.EVERYONE
    )
    guests_see_names = models.BooleanField(
        _("guests see names"), default=False, help_text=_("Else guest judges read the story without person and company.")
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chair"),
        help_text=_("Decides ties where the tie rule says so."),
    )
    days_to_accept = models.PositiveSmallIntegerField(
        _("days to accept an award"), default=14, help_text=_("After them the place goes to the reserve.")
    )
    tie_rule = models.CharField(_("tie rule"), max_length=20, choices=TieRule, default=TieRule.STORY)
    minimum_story_judges = models.PositiveSmallIntegerField(_("story: judges at least"), default=2)
    minimum_partnership_judges = models.PositiveSmallIntegerField(_("partnership: judges at least"), default=2)
    winners_per_category = models.PositiveSmallIntegerField(_("winners in each category"), default=1)
    prizes = models.TextField(_("prizes"), blank=True)
    process_text = models.TextField(_("how winners are chosen"), blank=True)
    consent_text = models.TextField(
        _("consent on the self-nomination page"),
        default=default_consent_text,
    )
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"))
                & Q(closes_at__lte=F("judging_opens_at"))
                & Q(judging_opens_at__lt=F("judging_closes_at"))
                & Q(judging_closes_at__lte=F("announces_at")),
                name="program_dates_in_order",
                violation_error_message=_(
                    "The dates must follow each other: opens, closes, judging opens, judging closes, announcement."
                ),
            ),
            models.CheckConstraint(condition=Q(story_weight__lte=100), name="program_story_weight_at_most_100"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("program", args=[self.slug])

    @property
    def partnership_weight(self):
        return 100 - self.story_weight

    def last_moment(self, extended_until=None):
        """Until when a nomination is taken, the hidden grace included; `extended_until` is its own later deadline."""
        return self.deadline(extended_until) + timedelta(minutes=self.grace_minutes)

    def deadline(self, extended_until=None):
        """The last moment people are told of."""
        return max(self.closes_at, extended_until or self.closes_at)

    def takes_nominations(self, now, extended_until=None):
        return self.opens_at <= now <= self.last_moment(extended_until)

    @property
    def factor_labels(self):
        """The selection factors in words, in their own order; what is no factor any more is left out."""
        return [factor.label for factor in self.Factor if factor in self.selection_factors]

    def in_judging(self, now):
        return self.judging_opens_at <= now <= self.judging_closes_at

    def phase(self, now):
        if self.announced_at:
            return self.Phase.ANNOUNCED
        for starts_at, phase in [
            (self.judging_closes_at, self.Phase.JUDGED),
            (self.judging_opens_at, self.Phase.JUDGING),
            (self.closes_at, self.Phase.CLOSED),
            (self.opens_at, self.Phase.OPEN),
        ]:
            if now >= starts_at:
                return phase
        return self.Phase.PLANNED


class Category(models.Model):
    class Axis(models.TextChoices):
        PRODUCT = "product", _("Product")
        INDUSTRY = "industry", _("Industry")
        APPLICATION = "application", _("Application")
        ROI = "roi", _("Return on investment")
        REGION = "region", _("Region")
        INNOVATION = "innovation", _("Innovation")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("name"), max_length=100)
    outcome = models.TextField(_("what outcome it honours"), blank=True)
    inside_audience = models.CharField(_("who inside cares"), max_length=200, blank=True)
    outside_audience = models.CharField(_("who outside finds it credible"), max_length=200, blank=True)
    axis = models.CharField(_("axis"), max_length=20, choices=Axis, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name", "pk"]
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["program", "name"], name="category_name_unique_in_program")]

    def __str__(self):
        return self.name

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models.accounts import Account
from advocacy.models.asks import ActivityType
from advocacy.models.taxonomy import Topic
from advocacy.models.users import validate_time_zone
from advocacy.querysets import AdvocateQuerySet

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


@pghistory.track()
class Advocate(models.Model):
    """A person at a customer, from the first time we hear of them."""

    class Level(models.TextChoices):
        C_LEVEL = "c_level", _("C-level")
        VP = "vp", _("VP")
        DIRECTOR = "director", _("Director")
        MANAGER = "manager", _("Manager")
        PRACTITIONER = "practitioner", _("Practitioner")

    class Stage(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        ENGAGED = "engaged", _("Engaged")
        ADVOCATE = "advocate", _("Advocate")
        CHAMPION = "champion", _("Champion")
        AMBASSADOR = "ambassador", _("Ambassador")

    class Tier(models.TextChoices):
        NONE = "none", _("None")
        BRONZE = "bronze", _("Bronze")
        SILVER = "silver", _("Silver")
        GOLD = "gold", _("Gold")
        PLATINUM = "platinum", _("Platinum")

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        RETIRED = "retired", _("Retired")

    TRANSITIONS = {
        Status.CANDIDATE: {Status.ACTIVE, Status.RETIRED},
        Status.ACTIVE: {Status.PAUSED, Status.RETIRED},
        Status.PAUSED: {Status.ACTIVE, Status.RETIRED},
        # Paused or a candidate again: only when somebody takes a departure back.
        Status.RETIRED: {Status.ACTIVE, Status.PAUSED, Status.CANDIDATE},
    }

    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="advocates")
    title = models.CharField(_("job title"), max_length=150, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    function = models.CharField(_("function"), max_length=100, blank=True, help_text=_("Such as IT, Finance, Operations."))
    languages = ArrayField(models.CharField(max_length=40), verbose_name=_("languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_time_zone])
    topics = models.ManyToManyField(Topic, blank=True, related_name="advocates")
    nps = models.PositiveSmallIntegerField(_("NPS (0-10)"), null=True, blank=True, validators=[MaxValueValidator(10)])
    nps_on = models.DateField(_("NPS given on"), null=True, blank=True)
    passion = models.PositiveSmallIntegerField(_("passion (1-5)"), null=True, blank=True, validators=ONE_TO_FIVE)
    self_promotion = models.PositiveSmallIntegerField(_("self-promotion (1-5)"), null=True, blank=True, validators=ONE_TO_FIVE)
    relationship = models.PositiveSmallIntegerField(
        _("rapport (1-5)"), null=True, blank=True, validators=ONE_TO_FIVE, help_text=_("The CSM's rapport with this person.")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.SATISFIED)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier, default=Tier.NONE)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.CANDIDATE)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    rests_until = models.DateField(
        _("rests until"),
        null=True,
        blank=True,
        help_text=_("After a “not now” of the CSM: nobody asks before this day."),
    )
    max_asks_per_quarter = models.PositiveSmallIntegerField(
        _("asks a quarter at most"), default=3, help_text=_("Over all activities, in 90 days.")
    )
    bio = models.TextField(_("short biography"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AdvocateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        permissions = [
            ("view_all_advocates", _("Can see every advocate")),
            ("search_advocates", _("Can search advocates who may be found")),
            ("view_contact_data", _("Can see e-mail addresses of advocates")),
            ("keep_profiles", _("Can keep the profiles of own customers current")),
        ]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"), condition=~Q(email=""), name="advocate_email_unique_whatever_the_case"
            ),
            models.CheckConstraint(condition=Q(nps__lte=10), name="advocate_nps_at_most_10"),
        ]
        indexes = [
            models.Index(fields=["status", "account"], name="advocate_status_account"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="advocate_name_trigram"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("advocate", args=[self.pk])

    @property
    def public_label(self):
        """Who this is without saying who: title, industry, region, segment."""
        account = self.account
        parts = [self.title or self.get_level_display() or gettext("Customer")]
        if account:
            parts += [
                account.industry.name if account.industry else "",
                account.get_region_display(),
                account.get_segment_display(),
            ]
        return ", ".join(part for part in parts if part)


class Position(models.Model):
    """Where a person worked before; written when the employer or title changes."""

    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="positions")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    ended_on = models.DateField(_("until"))

    class Meta:
        ordering = ["-ended_on", "-pk"]

    def __str__(self):
        return f"{self.title}, {self.account}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Willingness(models.Model):
    """What a person is willing to do for us, and how often at most."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        ASK_FIRST = "ask_first", _("Ask first")
        NO = "no", _("No")

    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="willingness")
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    cap = models.PositiveSmallIntegerField(
        _("own limit"),
        null=True,
        blank=True,
        help_text=_("Times in the activity's window; narrows the default, never widens it."),
    )

    class Meta:
        ordering = ["activity_type__position", "pk"]
        verbose_name_plural = _("willingness")
        constraints = [models.UniqueConstraint(fields=["advocate", "activity_type"], name="one_answer_an_activity")]

    def __str__(self):
        return f"{self.activity_type}: {self.get_answer_display()}"

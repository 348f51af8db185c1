from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account, Advocate, Consent, StatusChange, UseCase
from advocacy.models.users import validate_time_zone
from nominations.querysets import EntryQuerySet, NominationQuerySet, ProgramQuerySet

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


def default_consent_text():
    return gettext(
        "I agree that the judges read my nomination and that somebody may contact me about it. Nothing is published without my yes."
    )


class Program(models.Model):
    """One season of an awards program: the call for nominations and the rules it is judged by."""

    class TieRule(models.TextChoices):
        STORY = "story", _("The stronger story goes first")
        PARTNERSHIP = "partnership", _("The stronger partnership goes first")
        SHARED = "shared", _("Both share the rank")

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

    def last_moment(self):
        """Until when a nomination is taken, the hidden grace included."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    def takes_nominations(self, now):
        return self.opens_at <= now <= self.last_moment()

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


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Nomination(models.Model):
    """A customer's story and the partnership behind it, put forward for a program."""

    class Source(models.TextChoices):
        CSM = "csm", _("CSM")
        SELF = "self", _("Customer")
        SALES = "sales", _("Sales")
        COLLEAGUE = "colleague", _("Colleague")
        IMPORT = "import", _("Import")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        INELIGIBLE = "ineligible", _("Not eligible")
        DUPLICATE = "duplicate", _("Duplicate")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class PublicityInterest(models.TextChoices):
        EAGER = "eager", _("Eager")
        OPEN = "open", _("Open to it")
        UNSURE = "unsure", _("Unsure")
        UNLIKELY = "unlikely", _("Unlikely")

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.INELIGIBLE, Status.DUPLICATE, Status.WITHDRAWN},
        Status.INELIGIBLE: {Status.SUBMITTED},
        Status.DUPLICATE: {Status.SUBMITTED},
    }
    # The CSM's reading of the partnership: a number and a sentence of evidence each.
    PARTNERSHIP_FIELDS = ("confidence", "comfort", "responsiveness", "shared_success")
    STORY_FIELDS = ("business_outcome", "before_state", "narrative", "human_element")
    MAX_TEXT = 20_000

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="nominations")
    categories = models.ManyToManyField(Category, through="Entry", related_name="nominations")
    source = models.CharField(_("source"), max_length=20, choices=Source)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    external_id = models.CharField(
        _("import key"), max_length=150, blank=True, help_text=_("The same key again changes nothing.")
    )
    nominator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("nominator"),
    )
    supporters = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="supported_nominations")
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_nominations",
        help_text=_("The CSM who stands for it; empty where the advocacy team does."),
    )
    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        help_text=_("Empty until linked by hand."),
    )
    organization_as_given = models.CharField(_("organization as given"), max_length=300, blank=True)
    country_as_given = models.CharField(_("country as given"), max_length=200, blank=True)
    industry_as_given = models.CharField(_("industry as given"), max_length=200, blank=True)
    nominee = models.ForeignKey(Advocate, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations")
    co_nominees = models.ManyToManyField(Advocate, blank=True, related_name="shared_nominations")
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    business_outcome = models.TextField(_("business outcome"), blank=True)
    use_case = models.ForeignKey(UseCase, on_delete=models.PROTECT, null=True, blank=True)
    use_case_text = models.TextField(_("goals and use case"), blank=True)
    before_state = models.TextField(_("the state before"), blank=True)
    narrative = models.TextField(_("how they got there"), blank=True)
    human_element = models.TextField(_("the people in it"), blank=True)
    results = models.JSONField(
        _("results"), default=list, blank=True, help_text=_("A list of measure, before, after, unit, period.")
    )
    quote = models.TextField(_("in the customer's own words"), blank=True)
    publicity_interest = models.CharField(_("interest in going public"), max_length=20, choices=PublicityInterest, blank=True)
    publicity_note = models.TextField(_("note on going public"), blank=True)
    confidence = models.PositiveSmallIntegerField(_("confidence"), null=True, blank=True, validators=ONE_TO_FIVE)
    confidence_evidence = models.TextField(_("confidence: evidence"), blank=True)
    comfort = models.PositiveSmallIntegerField(
        _("comfort with public recognition"), null=True, blank=True, validators=ONE_TO_FIVE
    )
    comfort_evidence = models.TextField(_("comfort: evidence"), blank=True)
    responsiveness = models.PositiveSmallIntegerField(_("responsiveness"), null=True, blank=True, validators=ONE_TO_FIVE)
    responsiveness_evidence = models.TextField(_("responsiveness: evidence"), blank=True)
    shared_success = models.PositiveSmallIntegerField(_("shared success"), null=True, blank=True, validators=ONE_TO_FIVE)
    shared_success_evidence = models.TextField(_("shared success: evidence"), blank=True)
    consented_to = models.TextField(_("consent text the customer agreed to"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    history = GenericRelation(StatusChange)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("view_all_nominations", _("Can see every nomination"))]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "external_id"], condition=~Q(external_id=""), name="nomination_import_key_unique"
            ),
        ]
        indexes = [models.Index(fields=["program", "status"], name="nomination_program_status")]

    def __str__(self):
        company = self.account.name if self.account else self.organization_as_given
        person = self.nominee.name if self.nominee else gettext("nominee to be named")
        return f"{person}, {company}" if company else person

    def get_absolute_url(self):
        return reverse("nomination", args=[self.pk])

    @property
    def needs_account(self):
        return self.account_id is None


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Entry(models.Model):
    """A nomination in one category: the place where it is shortlisted, chosen or not."""

    class Status(models.TextChoices):
        ENTERED = "entered", _("Entered")
        SHORTLISTED = "shortlisted", _("Shortlisted")
        NOT_SELECTED = "not_selected", _("Not selected")
        SELECTED = "selected", _("Selected")
        WON = "won", _("Won")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")
        REVOKED = "revoked", _("Revoked")

    TRANSITIONS = {
        Status.ENTERED: {Status.SHORTLISTED, Status.NOT_SELECTED, Status.SELECTED},
        Status.SHORTLISTED: {Status.SELECTED, Status.NOT_SELECTED},
        Status.SELECTED: {Status.WON, Status.DECLINED, Status.LAPSED, Status.REVOKED},
        Status.WON: {Status.REVOKED},
    }

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="entries")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="entries")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ENTERED)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "pk"]
        verbose_name_plural = _("entries")
        constraints = [models.UniqueConstraint(fields=["nomination", "category"], name="one_entry_a_category")]

    def __str__(self):
        return f"{self.nomination}: {self.category}"


@pghistory.track()
class NomineeReply(models.Model):
    """The nominee's yes, no or not yet, and what the yes covers."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_YET = "not_yet", _("Not yet")

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="reply")
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer, blank=True)
    scope = ArrayField(
        models.CharField(max_length=30, choices=Consent.Purpose), verbose_name=_("covers"), default=list, blank=True
    )
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("Where the answer can be read, such as the mail of 3 May.")
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = _("nominee replies")

    def __str__(self):
        return f"{self.nomination}: {self.get_answer_display()}"

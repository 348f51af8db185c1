import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account, Advocate, Consent, StatusChange, UseCase
from nominations.models.programs import ONE_TO_FIVE, Category, Program
from nominations.querysets import EntryQuerySet, NominationQuerySet, NomineeReplyQuerySet


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
    nominee_as_given = models.JSONField(
        _("nominee as typed"),
        default=dict,
        blank=True,
        help_text=_("Name, e-mail, title and level of a person who becomes known when the nomination is submitted."),
    )
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
    extended_until = models.DateTimeField(
        _("taken until"), null=True, blank=True, help_text=_("An extension for this nomination alone.")
    )
    # What was last known of nominee and account; a difference from it raises an alert.
    watched = models.JSONField(default=dict, blank=True, editable=False)
    # The browser page that saved the draft last: an older save from the same page is no conflict.
    edited_from = models.CharField(max_length=40, blank=True, editable=False)

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
        person = self.nominee.name if self.nominee else self.nominee_as_given.get("name") or gettext("Nominee to be named")
        return f"{person}, {company}" if company else person

    def get_absolute_url(self):
        return reverse("nomination", args=[self.pk])

    @property
    def deadline(self):
        """Until when it is taken, as people are told: the close of the call, or its own extension."""
        return self.program.deadline(self.extended_until)

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
        # Back to entered: a choice taken back before the announcement.
        Status.SELECTED: {Status.WON, Status.DECLINED, Status.LAPSED, Status.REVOKED, Status.ENTERED},
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
    goes_at = models.DateTimeField(
        _("mail goes at"), null=True, blank=True, help_text=_("Unless the CSM releases it earlier or asks themselves.")
    )
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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

    objects = NomineeReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("nominee replies")

    def __str__(self):
        return f"{self.nomination}: {self.get_answer_display()}"

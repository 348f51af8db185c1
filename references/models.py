import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account, ActivityType, Advocate, Ask, Industry, Opportunity
from references.querysets import CandidateQuerySet, ReferenceRequestQuerySet, SearchRowQuerySet


@pghistory.track()
class ReferenceRequest(models.Model):
    """Sales asks for a customer who speaks for us in a deal."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SCHEDULED = "scheduled", _("Scheduled")
        NO_SHOW = "no_show", _("Did not happen")
        COMPLETED = "completed", _("Completed")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        Status.DRAFT: {Status.OPEN, Status.CANCELLED},
        Status.OPEN: {Status.PROPOSED, Status.DECLINED, Status.EXPIRED, Status.CANCELLED},
        Status.PROPOSED: {Status.APPROVED, Status.DECLINED, Status.EXPIRED, Status.CANCELLED},
        Status.APPROVED: {Status.SCHEDULED, Status.PROPOSED, Status.EXPIRED, Status.CANCELLED},
        Status.SCHEDULED: {Status.COMPLETED, Status.NO_SHOW, Status.PROPOSED, Status.CANCELLED},
        Status.NO_SHOW: {Status.SCHEDULED, Status.PROPOSED, Status.CANCELLED},
    }

    class Format(models.TextChoices):
        CALL = "call", _("Call")
        VIDEO = "video", _("Video call")
        ON_SITE = "on_site", _("On site")
        WRITTEN = "written", _("In writing")

    requester = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reference_requests")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.PROTECT, null=True, blank=True, related_name="reference_requests"
    )
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="reference_requests")
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.CALL)
    wanted = models.JSONField(_("wanted"), default=dict, blank=True, help_text=_("The search that was open when it was asked."))
    prospect_name = models.CharField(_("prospect: name"), max_length=150, blank=True)
    prospect_title = models.CharField(_("prospect: job title"), max_length=150, blank=True)
    prospect_email = models.EmailField(_("prospect: e-mail"), blank=True, help_text=_("Used to schedule, for nothing else."))
    wants_to_hear = models.TextField(_("what they want to hear"))
    needed_by = models.DateField(_("needed by"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_requests",
        help_text=_("Whose turn it is; empty means the advocacy team's."),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    form_token = models.UUIDField(null=True, unique=True, editable=False, help_text=_("The form sent twice is one request."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReferenceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("request_references", _("Can ask for references"))]
        indexes = [models.Index(fields=["status", "due_at"], name="request_status_due")]

    def __str__(self):
        return f"{self.activity_type}: {self.opportunity or self.requester}"

    def get_absolute_url(self):
        return reverse("request", args=[self.pk])


@pghistory.track()
class Candidate(models.Model):
    """An advocate put forward for a request."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    STATUS_FIELD = "state"
    TRANSITIONS = {
        State.PROPOSED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
        State.APPROVED: {State.DECLINED, State.WITHDRAWN},
    }

    request = models.ForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="candidates")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="candidacies")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, null=True, blank=True, related_name="candidate")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    score = models.PositiveSmallIntegerField(_("fit"), default=0)
    reasons = models.JSONField(_("why this one"), default=list, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["request", "advocate"], name="one_candidacy_a_request")]

    def __str__(self):
        return f"{self.advocate}: {self.request}"


class SearchRow(models.Model):
    """What the search knows of one advocate. Written by database triggers alone; see migration 0003."""

    advocate = models.OneToOneField(Advocate, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    is_active = models.BooleanField()
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    csm = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    industry = models.ForeignKey(Industry, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    region = models.CharField(max_length=20, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    products = ArrayField(models.BigIntegerField(), default=list)
    willing = ArrayField(models.BigIntegerField(), default=list, help_text="Activity types answered with yes or ask first.")
    # A date up to which (exclusive) something holds; null when it does not hold at all.
    name_until = models.DateField(null=True, help_text="The person allowed us to use name and title.")
    company_until = models.DateField(null=True, help_text="The company name may be used.")
    quote_until = models.DateField(null=True, help_text="Quotes may be used outside.")
    shown_until = models.DateField(help_text="`shown_vector` holds what the consents allow up to this date.")
    fresh_until = models.DateField(help_text="The first section of the profile falls due.")
    leaves_on = models.DateField(help_text="The profile leaves the search unless somebody confirms it.")
    quality = models.PositiveSmallIntegerField(help_text="0-90: story strength, tier, rapport, passion, NPS.")
    public_vector = SearchVectorField(help_text="Title, story and taxonomy without any word of the person's or company's name.")
    shown_vector = SearchVectorField(help_text="`public_vector` and the names that consents in force allow.")
    full_vector = SearchVectorField(
        help_text="`public_vector`, person and company: for the CSM and those who see every advocate."
    )
    public_words = models.TextField()
    name_words = models.TextField()
    company_words = models.TextField()

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        ordering = ["advocate"]
        indexes = [
            GinIndex(fields=["shown_vector"], name="search_row_shown"),
            GinIndex(fields=["full_vector"], name="search_row_full"),
            models.Index(fields=["csm"], name="search_row_csm"),
        ]

    def __str__(self):
        return str(self.advocate_id)

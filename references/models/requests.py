import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Ask, Opportunity
from advocacy.models.one_row import OneRow
from advocacy.models.users import validate_time_zone
from references.querysets import CandidateQuerySet, ReferenceRequestQuerySet


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
        # Back to open: the advocate is out, and a person wants to choose the next one.
        Status.PROPOSED: {Status.APPROVED, Status.OPEN, Status.DECLINED, Status.EXPIRED, Status.CANCELLED},
        Status.APPROVED: {Status.SCHEDULED, Status.PROPOSED, Status.OPEN, Status.EXPIRED, Status.CANCELLED},
        Status.SCHEDULED: {Status.COMPLETED, Status.NO_SHOW, Status.PROPOSED, Status.OPEN, Status.CANCELLED},
        Status.NO_SHOW: {Status.SCHEDULED, Status.PROPOSED, Status.OPEN, Status.CANCELLED},
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
    prospect_level = models.CharField(_("prospect: level"), max_length=20, choices=Advocate.Level, blank=True)
    prospect_time_zone = models.CharField(_("prospect: time zone"), max_length=64, blank=True, validators=[validate_time_zone])
    concerns = models.TextField(_("what the prospect worries about"), blank=True)
    avoid = models.TextField(_("what not to raise"), blank=True)
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
    overall_due_at = models.DateTimeField(
        _("promised by"), null=True, blank=True, help_text=_("When the requester is to have an answer, in working hours.")
    )
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True, help_text=_("The present step, to the manager."))
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=30)
    place = models.CharField(
        _("where they meet"), max_length=500, blank=True, help_text=_("A conference link or an address; both sides read it.")
    )
    outcome = models.TextField(_("outcome"), blank=True)
    influenced = models.BooleanField(
        _("influenced the deal"), null=True, blank=True, help_text=_("As the requester sees it; empty: not said.")
    )
    thanks = models.TextField(_("thanks to the advocate"), blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True, editable=False)
    win_told_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the advocate heard that the deal was won.")
    )
    goes_on_alone = models.BooleanField(
        _("the next one is proposed by itself"), default=True, help_text=_("Off: a person chooses whom to ask next.")
    )
    form_token = models.UUIDField(null=True, unique=True, editable=False, help_text=_("The form sent twice is one request."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReferenceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        permissions = [("request_references", _("Can ask for references"))]
        indexes = [models.Index(fields=["status", "due_at"], name="request_status_due")]

    def __str__(self):
        return _("%(activity)s for %(whom)s") % {"activity": self.activity_type, "whom": self.opportunity or self.requester}

    def get_absolute_url(self):
        return reverse("request", args=[self.pk])


@pghistory.track()
class Candidate(models.Model):
    """An advocate put forward for a request."""

    class State(models.TextChoices):
        WAITING = "waiting", _("In line")
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    STATUS_FIELD = "state"
    TRANSITIONS = {
        State.WAITING: {State.PROPOSED, State.WITHDRAWN},
        State.PROPOSED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
        State.APPROVED: {State.DECLINED, State.WITHDRAWN},
    }

    class Refusal(models.TextChoices):
        BUSY = "busy", _("Too busy at present")
        TOPIC = "topic", _("Not this topic")
        KIND = "kind", _("Not this kind of activity, not later either")
        ASK_FIRST = "ask_first", _("This kind only after a word beforehand")
        AT_ALL = "at_all", _("Nothing at all for now")

    request = models.ForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="candidates")
    advocate = models.ForeignKey(Advocate, on_delete=models.PROTECT, related_name="candidacies")
    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, null=True, blank=True, related_name="candidate")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    score = models.PositiveSmallIntegerField(_("fit"), default=0)
    rank = models.PositiveSmallIntegerField(_("place in line"), default=0)
    asked_by_laurel = models.BooleanField(_("asked by a mail from Laurel"), default=False)
    asked_at = models.DateTimeField(_("customer asked"), null=True, blank=True)
    refusal = models.CharField(_("why the customer said no"), max_length=20, choices=Refusal, blank=True)
    invitation = models.PositiveSmallIntegerField(
        _("calendar entries sent"), default=0, editable=False, help_text=_("Calendars keep the newest of the same meeting.")
    )
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


class Slot(models.Model):
    """A time the advocate offers for the conversation."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("starts"))
    picked_at = models.DateTimeField(_("chosen"), null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "starts_at"], name="one_slot_a_moment"),
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(picked_at__isnull=False), name="one_chosen_slot_a_candidate"
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


@pghistory.track()
class RequestClocks(OneRow):
    """How long each step of a request may take, in working days of whoever holds it. One row."""

    approval = models.PositiveSmallIntegerField(_("approval, in working days"), default=1)
    overall = models.PositiveSmallIntegerField(_("first answer over all, in working days"), default=2)
    advocate_answer = models.PositiveSmallIntegerField(_("answer of the advocate, in working days"), default=2)
    pick_slot = models.PositiveSmallIntegerField(_("choosing a time, in working days"), default=2)
    debrief = models.PositiveSmallIntegerField(_("debrief after the call, in working days"), default=2)
    not_now_rest_days = models.PositiveSmallIntegerField(_("rest after a “not now”, in days"), default=30)

    class Meta:
        verbose_name = _("request clocks")
        verbose_name_plural = _("request clocks")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="request_clocks_are_one_row")]

    def __str__(self):
        return str(_("Clocks of reference requests"))

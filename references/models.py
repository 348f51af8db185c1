import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Ask, Opportunity
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

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.querysets import AskQuerySet


class ActivityType(models.Model):
    """Something a customer can do for us, with its default limits."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    effort_hours = models.DecimalField(_("effort in hours"), max_digits=5, decimal_places=1, default=1)
    value = models.PositiveSmallIntegerField(_("value to us (1-5)"), default=3)
    cap = models.PositiveSmallIntegerField(_("times in the window"), null=True, blank=True, help_text=_("Empty: no limit."))
    window_days = models.PositiveSmallIntegerField(_("window in days"), default=90)
    rest_days = models.PositiveSmallIntegerField(_("rest in days after one"), default=0)
    blocks_others = models.BooleanField(_("blocks and is blocked by other asks"), default=True)
    needs_presence = models.BooleanField(
        _("in person or on camera"),
        default=False,
        help_text=_("Personality and passion count when we look for somebody; in writing they do not."),
    )
    points = models.PositiveSmallIntegerField(_("points"), default=0)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_gift(self):
        """Costs the customer nothing and blocks nothing, such as an award."""
        return not self.blocks_others and not self.effort_hours


@pghistory.track()
class Ask(models.Model):
    """One row each time anyone asks an advocate for anything. Written by `advocacy.services` alone."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ASKED = "asked", _("Asked")
        ACCEPTED = "accepted", _("Accepted")
        SCHEDULED = "scheduled", _("Scheduled")
        NO_SHOW = "no_show", _("Did not happen")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")

    class Source(models.TextChoices):
        REFERENCE_REQUEST = "reference_request", _("Reference request")
        AWARD = "award", _("Award")
        CAMPAIGN = "campaign", _("Campaign")
        BY_HAND = "by_hand", _("By hand")

    class Team(models.TextChoices):
        SALES = "sales", _("Sales")
        CUSTOMER_SUCCESS = "customer_success", _("Customer success")
        MARKETING = "marketing", _("Marketing")
        PRODUCT = "product", _("Product")
        PUBLIC_RELATIONS = "public_relations", _("Public relations")
        ANALYST_RELATIONS = "analyst_relations", _("Analyst relations")
        OTHER = "other", _("Another team")

    STATUS_FIELD = "state"
    ENDED_WITHOUT = {State.CANCELLED, State.DECLINED, State.EXPIRED}
    IN_FLIGHT = {State.PROPOSED, State.ASKED, State.ACCEPTED, State.SCHEDULED, State.NO_SHOW}
    TRANSITIONS = {
        State.PROPOSED: {State.ASKED, *ENDED_WITHOUT},
        State.ASKED: {State.ACCEPTED, *ENDED_WITHOUT},
        State.ACCEPTED: {State.SCHEDULED, State.DONE, *ENDED_WITHOUT},
        State.SCHEDULED: {State.DONE, State.NO_SHOW, *ENDED_WITHOUT},
        State.NO_SHOW: {State.SCHEDULED, *ENDED_WITHOUT},
    }

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.PROTECT, related_name="asks")
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="asks")
    account = models.ForeignKey(
        "advocacy.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="asks",
        help_text=_("As it was when we asked."),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.BY_HAND)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="asks")
    opportunity = models.ForeignKey("advocacy.Opportunity", on_delete=models.SET_NULL, null=True, blank=True, related_name="asks")
    team = models.CharField(_("for which team"), max_length=30, choices=Team, blank=True)
    purpose = models.CharField(_("what for"), max_length=300, blank=True, help_text=_("Such as the customer panel in May."))
    held_until = models.DateTimeField(_("place held until"), null=True, blank=True)
    counts_on = models.DateField(_("counts on"), help_text=_("The planned date, else the day we asked."))
    outcome = models.TextField(_("outcome"), blank=True)
    form_token = models.UUIDField(null=True, unique=True, editable=False, help_text=_("The form sent twice is one ask."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["-counts_on", "-pk"]
        permissions = [("record_asks", _("Can ask customers through the ledger"))]
        indexes = [
            models.Index(fields=["advocate", "activity_type", "counts_on"], name="ask_advocate_activity_date"),
            models.Index(fields=["account", "counts_on"], name="ask_account_date"),
            models.Index(fields=["held_until"], condition=Q(state="proposed"), name="ask_held_until"),
        ]

    def __str__(self):
        return _("%(activity)s with %(advocate)s") % {"activity": self.activity_type, "advocate": self.advocate}

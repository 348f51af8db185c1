import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Ask
from awards.querysets import FollowThroughStepQuerySet, PreparationItemQuerySet, WinnerQuerySet
from nominations.models import Category, Entry


@pghistory.track()
class Winner(models.Model):
    """An entry that was chosen, from the offer to the answer."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")
        REVOKED = "revoked", _("Revoked")

    TRANSITIONS = {
        Status.OFFERED: {Status.ACCEPTED, Status.DECLINED, Status.LAPSED, Status.REVOKED},
        Status.ACCEPTED: {Status.REVOKED},
        # Chosen again after the choice was taken back.
        Status.REVOKED: {Status.OFFERED},
    }

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="winner")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="winners")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OFFERED)
    rank = models.PositiveSmallIntegerField(
        _("rank when chosen"), null=True, blank=True, help_text=_("Empty when it did not rank.")
    )
    reason = models.TextField(_("why the order was not followed"), blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now, editable=False)
    offered_at = models.DateTimeField(_("offer sent"), null=True, blank=True, editable=False)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    shown_name = models.CharField(_("name as shown"), max_length=150, blank=True)
    shown_title = models.CharField(_("title as shown"), max_length=150, blank=True)
    shown_company = models.CharField(_("company as shown"), max_length=200, blank=True)
    shown_quote = models.TextField(_("quote as shown"), blank=True)
    logo = models.FileField(
        _("logo"), upload_to="logos/", blank=True, editable=False, help_text=_("Made anew from its pixels; shown by consent.")
    )
    wording = models.TextField(_("wording of the announcement"), blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    prize = models.CharField(_("prize"), max_length=200, blank=True)
    ask = models.OneToOneField(
        Ask,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="winner",
        help_text=_("The award in the ask ledger, on the giving side."),
    )

    objects = WinnerQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "rank", "pk"]

    def __str__(self):
        return str(self.entry)


class PreparationItem(models.Model):
    """One thing to do with a winner before the announcement. Held by the CSM."""

    class Kind(models.TextChoices):
        EVENT = "event", _("Event")
        TRAVEL = "travel", _("Travel")
        GUESTS = "guests", _("Guests")
        WORDS = "words", _("Words on stage")
        DONATION = "donation", _("Purpose of the donation")
        OTHER = "other", _("Something else")

    winner = models.ForeignKey(Winner, on_delete=models.CASCADE, related_name="preparation")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    what = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PreparationItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.what


@pghistory.track()
class FollowThroughStep(models.Model):
    """One ask of the plan after the award. The ask itself goes through the ledger."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ASKED = "asked", _("Asked")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    TRANSITIONS = {
        Status.PLANNED: {Status.ASKED, Status.DROPPED},
        Status.ASKED: {Status.DONE, Status.PLANNED, Status.DROPPED},
    }

    winner = models.ForeignKey(Winner, on_delete=models.CASCADE, related_name="follow_through")
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    ask = models.OneToOneField(
        Ask, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="follow_through_step"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FollowThroughStepQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["winner", "activity_type"], name="one_step_an_activity")]

    def __str__(self):
        return f"{self.activity_type}: {self.winner}"

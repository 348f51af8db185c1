import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Ask
from awards.querysets import AssignmentQuerySet, JudgeQuerySet, ResultQuerySet, ScoreQuerySet, WinnerQuerySet
from nominations.models import Category, Entry, Nomination, Program

ONE_TO_FIVE = [MinValueValidator(1), MaxValueValidator(5)]


class Criterion(models.TextChoices):
    STORY = "story", _("Story strength")
    PARTNERSHIP = "partnership", _("Strength of partnership")


class RubricComponent(models.Model):
    """One question the judges answer from 1 to 5. Each program has its own copy, fixed when judging opens."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="rubric")
    criterion = models.CharField(_("criterion"), max_length=20, choices=Criterion)
    code = models.SlugField(_("code"), help_text=_("The same from season to season, such as measurable-outcome."))
    name = models.CharField(_("name"), max_length=100)
    question = models.TextField(_("what to look for"), blank=True)
    anchor_1 = models.TextField(_("1 means"))
    anchor_2 = models.TextField(_("2 means"))
    anchor_3 = models.TextField(_("3 means"))
    anchor_4 = models.TextField(_("4 means"))
    anchor_5 = models.TextField(_("5 means"))
    weight = models.PositiveSmallIntegerField(_("weight within its criterion"), default=1, validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="rubric_code_unique_in_program"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="rubric_weight_at_least_1"),
        ]

    def __str__(self):
        return self.name

    @property
    def anchors(self):
        return [(value, getattr(self, f"anchor_{value}")) for value in range(1, 6)]


class Judge(models.Model):
    """Somebody who scores a program's nominations: one of us, or an invited guest."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="judges")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="judge_roles"
    )
    guest_name = models.CharField(_("guest: name"), max_length=150, blank=True)
    guest_email = models.EmailField(_("guest: e-mail"), blank=True)
    scores_story = models.BooleanField(_("scores the story"), default=True)
    scores_partnership = models.BooleanField(_("scores the partnership"), default=True)
    sees_results_early = models.BooleanField(
        _("sees results before own scores"),
        default=False,
        editable=False,
        help_text=_("Set by lifting the seal, with a reason on record."),
    )

    objects = JudgeQuerySet.as_manager()

    class Meta:
        ordering = ["program", "user__name", "guest_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "user"], name="judge_once_a_program"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest_email="") | (Q(user__isnull=True) & ~Q(guest_email="")),
                name="judge_is_a_user_or_a_guest",
                violation_error_message=_("Choose a user, or give a guest's e-mail address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(scores_story=True) | Q(scores_partnership=True),
                name="judge_scores_something",
                violation_error_message=_("A judge scores at least one criterion."),
            ),
        ]

    def __str__(self):
        return self.user.name if self.user else self.guest_name or self.guest_email

    @property
    def criteria(self):
        """The criteria this judge scores, in the order of the rubric."""
        return [
            criterion
            for criterion, scores in [(Criterion.STORY, self.scores_story), (Criterion.PARTNERSHIP, self.scores_partnership)]
            if scores
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Assignment(models.Model):
    """One nomination in front of one judge."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        ABSTAINED = "abstained", _("Abstained")
        RECUSED = "recused", _("Recused")

    TRANSITIONS = {
        Status.OPEN: {Status.DONE, Status.ABSTAINED, Status.RECUSED},
        Status.DONE: {Status.OPEN, Status.RECUSED},
        Status.ABSTAINED: {Status.OPEN, Status.RECUSED},
        Status.RECUSED: {Status.OPEN},
    }

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="assignments")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="assignments")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.OPEN)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why recused or abstained."))
    comment = models.TextField(_("comment"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        permissions = [("judge_nominations", _("Can judge the nominations assigned to them"))]
        constraints = [
            models.UniqueConstraint(fields=["judge", "nomination"], name="one_assignment_a_nomination"),
            models.CheckConstraint(condition=~Q(status="recused") | ~Q(reason=""), name="recused_with_a_reason"),
        ]
        indexes = [models.Index(fields=["nomination", "status"], name="assignment_nomination_status")]

    def __str__(self):
        return f"{self.judge}: {self.nomination}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Score(models.Model):
    """A judge's answer to one component. An empty value means not applicable; no row means no answer yet."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    component = models.ForeignKey(RubricComponent, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True, validators=ONE_TO_FIVE)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["component__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "component"], name="one_score_a_component"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="score_from_1_to_5"),
        ]

    def __str__(self):
        return f"{self.component}: {self.value or _('not applicable')}"


class Result(models.Model):
    """The frozen outcome of a program. `payload` holds ids and numbers only and is hashed; words stand in `notes`."""

    program = models.OneToOneField(Program, on_delete=models.PROTECT, related_name="result")
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    payload = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    notes = models.JSONField(
        default=dict, editable=False, help_text=_("Names, comments and reasons, apart from the hashed numbers.")
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at"]

    def __str__(self):
        return str(self.program)


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
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
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

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account
from awards.querysets import AssignmentQuerySet, JudgeQuerySet, ScoreQuerySet
from nominations.models import Category, Nomination, Program

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

    class GuestKind(models.TextChoices):
        PAST_WINNER = "past_winner", _("Past winner")
        CUSTOMER = "customer", _("Customer")
        ANALYST = "analyst", _("Analyst")
        PARTNER = "partner", _("Partner")
        LUMINARY = "luminary", _("Luminary")
        BLOGGER = "blogger", _("Blogger")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="judges")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="judge_roles"
    )
    guest_name = models.CharField(_("guest: name"), max_length=150, blank=True)
    guest_email = models.EmailField(_("guest: e-mail"), blank=True)
    guest_kind = models.CharField(_("guest: who they are"), max_length=20, choices=GuestKind, blank=True)
    guest_account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("guest: company"),
        help_text=_("Guests judge nobody of their own company."),
    )
    categories = models.ManyToManyField(
        Category, blank=True, related_name="judges", help_text=_("Where judges read the categories they were given.")
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    practised_at = models.DateTimeField(_("practised"), null=True, blank=True, editable=False)
    left_at = models.DateTimeField(
        _("left"), null=True, blank=True, editable=False, help_text=_("Judges no more; what they finished stays.")
    )
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
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(scores_partnership=False),
                name="guest_scores_the_story_alone",
                violation_error_message=_("The partnership is for insiders to score."),
            ),
            models.UniqueConstraint(fields=["program", "guest_email"], condition=~Q(guest_email=""), name="guest_once_a_program"),
        ]

    def __str__(self):
        return self.user.name if self.user else self.guest_name or self.guest_email

    @property
    def is_guest(self):
        return self.user_id is None

    @property
    def email(self):
        return self.guest_email if self.is_guest else self.user.email

    @property
    def short_name(self):
        return str(self).split(" ")[0]

    @property
    def reads_without_names(self):
        return self.is_guest and not self.program.guests_see_names

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
    by_hand = models.BooleanField(_("by hand"), default=False, help_text=_("Stays when the system shares out anew."))
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

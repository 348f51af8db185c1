from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.workflow import move
from awards.actors import Actor, is_judge
from awards.exceptions import AnswersNotTaken, AssignmentClosed, JudgingNotOpen, NotYourAssignment
from awards.merging import merge
from awards.models import Assignment, RubricComponent, Score
from awards.services.recusal import keep_conflict_out, refuse_when_fixed, refuse_who_left
from awards.services.stopping import stop_reminding_judge
from nominations.models import Nomination

COMMENT = "comment"


def components_of(judge):
    """The components a judge answers: those of the criteria they score."""
    return RubricComponent.objects.filter(program=judge.program_id, criterion__in=judge.criteria)


def record_scores(
    *,
    assignment: Assignment,
    answers: Mapping[int, int | None],
    comment: str | None = None,
    now: datetime,
    by: Actor = None,
) -> Assignment:
    """Keep a judge's answers: component id to 1-5, or None for not applicable.

    What is not in `answers` stays as it was, and so does the comment when none is given. When every component of
    the judge's criteria has an answer the assignment is done; else it stays open with what was entered.
    `by` is the judge, one of us or a guest. Raises AnswersNotTaken with a sentence for each wrong answer,
    JudgingNotOpen, AssignmentClosed, NotYourAssignment.
    """
    _refuse_the_wrong_moment(assignment, now, by)
    with transaction.atomic():
        assignment = _lock(assignment)
        _refuse_unless_scorable(assignment, now)
        _write(assignment, answers, comment)
        _finish_when_complete(assignment, now)
    return assignment


@dataclass(frozen=True)
class Kept:
    """What came of a sending while typing: the assignment, and what was not taken because it changed elsewhere."""

    assignment: Assignment
    not_taken: dict

    @property
    def is_whole(self):
        return not self.not_taken


def keep_answers(
    *, assignment: Assignment, answers: Mapping, seen: Mapping, now: datetime, by: Actor, hand_in: bool = False
) -> Kept:
    """Save while typing. Keys are component ids and COMMENT; `seen` is what the page knew before its changes.

    What changed elsewhere since stays as it is there and is reported. Answers alone never make an assignment done:
    a slip of the thumb at the last question is not the end. `hand_in` does, unless something was not taken.
    Raises what `record_scores` raises.
    """
    _refuse_the_wrong_moment(assignment, now, by)
    with transaction.atomic():
        assignment = _lock(assignment)
        _refuse_unless_scorable(assignment, now)
        taken, not_taken = merge(answers, seen, answers_of(assignment))
        comment = taken.pop(COMMENT, None)
        _write(assignment, taken, comment)
        if hand_in and not not_taken:
            _finish_when_complete(assignment, now)
    return Kept(assignment, not_taken)


def answers_of(assignment: Assignment) -> dict:
    """Component id to 1-5 or None, and the comment."""
    return {**dict(assignment.scores.values_list("component_id", "value")), COMMENT: assignment.comment}


def _lock(assignment):
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("judge__user", "judge__program", "nomination__nominee", "nomination__account").get(
        pk=assignment.pk
    )


def _write(assignment, answers, comment):
    _check(answers, set(components_of(assignment.judge).values_list("pk", flat=True)))
    _keep(assignment, answers)
    if comment is not None and comment != assignment.comment:
        assignment.comment = comment
        assignment.save(update_fields=["comment"])


def _finish_when_complete(assignment, now):
    component_ids = set(components_of(assignment.judge).values_list("pk", flat=True))
    if component_ids and component_ids == _answered(assignment, component_ids):
        _finish(assignment, now)


def _refuse_the_wrong_moment(assignment, now, by):
    judge = assignment.judge
    if by and not is_judge(by, judge):
        raise NotYourAssignment(_("Only %(judge)s scores this nomination.") % {"judge": judge})
    refuse_who_left(judge)
    if not judge.program.in_judging(now):
        raise JudgingNotOpen(_("Judging of %(program)s is not open, so nothing was saved.") % {"program": judge.program})
    # Outside the transaction below: the recusal has to stay when the answers are refused.
    if reason := keep_conflict_out(assignment=assignment, now=now):
        raise AssignmentClosed(_("You cannot judge this customer. %(reason)s") % {"reason": reason})


def _refuse_unless_scorable(assignment, now):
    if assignment.nomination.status != Nomination.Status.SUBMITTED:
        raise AssignmentClosed(_("This nomination is no longer in the running."))
    if assignment.status == Assignment.Status.RECUSED:
        raise AssignmentClosed(_("You are recused from this nomination. %(reason)s") % {"reason": assignment.reason})
    if assignment.status == Assignment.Status.ABSTAINED:
        raise AssignmentClosed(_("You abstained from this nomination; take it up again first."))
    refuse_when_fixed(assignment, now)


def _check(answers, component_ids):
    errors = {}
    for component_id, value in answers.items():
        if component_id not in component_ids:
            errors[component_id] = _("This question is not yours to answer.")
        elif value is not None and (type(value) is not int or not 1 <= value <= 5):
            errors[component_id] = _("Choose 1 to 5, or not applicable.")
    if errors:
        raise AnswersNotTaken(errors)


def _keep(assignment, answers):
    """Write only what changed, so that the history shows changes and nothing else."""
    before = dict(assignment.scores.values_list("component_id", "value"))
    changed = {pk: value for pk, value in answers.items() if pk not in before or before[pk] != value}
    Score.objects.bulk_create(
        [Score(assignment=assignment, component_id=pk, value=value) for pk, value in changed.items()],
        update_conflicts=True,
        unique_fields=["assignment", "component"],
        update_fields=["value"],
    )


def _answered(assignment, component_ids):
    return component_ids & set(assignment.scores.values_list("component_id", flat=True))


def _finish(assignment, now):
    if move(assignment, to=Assignment.Status.DONE, by=assignment.judge.user, changed_at=now):
        assignment.decided_at = now
        assignment.save(update_fields=["decided_at"])
        stop_reminding_judge(assignment.judge)

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import move
from awards.exceptions import AnswersNotTaken, AssignmentClosed, JudgingNotOpen, NotYourAssignment
from awards.models import Assignment, RubricComponent, Score
from awards.services.recusal import keep_conflict_out, refuse_when_fixed
from nominations.models import Nomination


def components_of(judge):
    """The components a judge answers: those of the criteria they score."""
    return RubricComponent.objects.filter(program=judge.program_id, criterion__in=judge.criteria)


def record_scores(
    *, assignment: Assignment, answers: Mapping[int, int | None], comment: str = "", now: datetime, by: User | None = None
) -> Assignment:
    """Keep a judge's answers: component id to 1-5, or None for not applicable.

    What is not in `answers` stays as it was. When every component of the judge's criteria has an answer
    the assignment is done; else it stays open with what was entered.
    Raises AnswersNotTaken with a sentence for each wrong answer, JudgingNotOpen, AssignmentClosed, NotYourAssignment.
    """
    _refuse_the_wrong_moment(assignment, now, by)
    with transaction.atomic():
        assignment = (
            Assignment.objects.select_for_update(of=("self",)).select_related("judge__user", "nomination").get(pk=assignment.pk)
        )
        _refuse_unless_scorable(assignment, now)
        component_ids = set(components_of(assignment.judge).values_list("pk", flat=True))
        _check(answers, component_ids)
        _keep(assignment, answers)
        assignment.comment = comment
        assignment.save(update_fields=["comment"])
        if component_ids and component_ids == _answered(assignment, component_ids):
            _finish(assignment, now)
    return assignment


def _refuse_the_wrong_moment(assignment, now, by):
    judge = assignment.judge
    if by and by.pk != judge.user_id:
        raise NotYourAssignment(_("Only %(judge)s scores this nomination.") % {"judge": judge})
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

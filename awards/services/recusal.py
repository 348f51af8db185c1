"""Leaving a nomination to the others: recused with a reason, or abstained."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.workflow import move
from awards import conflicts
from awards.actors import Actor, as_user, is_judge, runs_program
from awards.exceptions import AssignmentClosed, JudgingNotOpen, NotYourAssignment, ReasonMissing
from awards.models import Assignment, Judge
from awards.services.stopping import stop_reminding_judge
from nominations.models import Nomination


def recuse(*, assignment: Assignment, reason: str, by: Actor, now: datetime | None = None) -> None:
    """The judge has a tie to this customer. Scores given before are kept and do not count."""
    if not reason.strip():
        raise ReasonMissing(_("Say why you recuse yourself; the reason goes into the result."))
    _leave(assignment, Assignment.Status.RECUSED, reason.strip(), by, now or timezone.now())


def abstain(*, assignment: Assignment, by: Actor, reason: str = "", now: datetime | None = None) -> None:
    """The judge has no tie but cannot say, such as for want of knowledge."""
    _leave(assignment, Assignment.Status.ABSTAINED, reason.strip(), by, now or timezone.now())


def recuse_for_conflict(*, assignment: Assignment, reason: str, now: datetime) -> None:
    _leave(assignment, Assignment.Status.RECUSED, reason, None, now)


def keep_conflict_out(*, assignment: Assignment, now: datetime) -> str:
    """Look again whether the judge has a tie to the customer, and recuse them if so. Returns the reason or nothing."""
    nomination = conflicts.with_facts(Nomination.objects.filter(pk=assignment.nomination_id)).get()
    reason = conflicts.conflict_of(assignment.judge, nomination)
    if reason and assignment.status != Assignment.Status.RECUSED:
        recuse_for_conflict(assignment=assignment, reason=reason, now=now)
    return reason


def reopen(*, assignment: Assignment, by: Actor, now: datetime) -> None:
    """Take up a nomination again after abstaining, or after a recusal that was a mistake; whoever asks, while judging is open."""
    refuse_when_announced(assignment)
    refuse_who_left(assignment.judge)
    if not assignment.judge.program.in_judging(now):
        raise JudgingNotOpen(
            _("Judging of %(program)s is not open, so nothing can be scored.") % {"program": assignment.judge.program}
        )
    refuse_when_fixed(assignment, now)
    if assignment.status == Assignment.Status.RECUSED and (is_judge(by, assignment.judge) or not runs_program(by)):
        raise AssignmentClosed(_("A recusal is taken back by somebody else of the advocacy team."))
    if reason := keep_conflict_out(assignment=assignment, now=now):
        raise AssignmentClosed(_("The conflict of interest still stands: %(reason)s") % {"reason": reason})
    with transaction.atomic():
        move(assignment, to=Assignment.Status.OPEN, by=as_user(by), changed_at=now)
        assignment.reason, assignment.decided_at = "", None
        assignment.save(update_fields=["reason", "decided_at"])


def refuse_when_announced(assignment):
    """What comes to light after freezing may still be put right: it takes a new result, with its reason."""
    if assignment.judge.program.announced_at:
        raise AssignmentClosed(_("The results are announced; nothing changes any more."))


def is_fixed(assignment: Assignment, now: datetime) -> bool:
    """Whoever may see the others' scores changes none of their own."""
    judge = assignment.judge
    finished = assignment.status in {Assignment.Status.DONE, Assignment.Status.ABSTAINED}
    return bool(finished and judge.user and judge.user.runs_program and not _is_sealed(judge, now))


def refuse_when_fixed(assignment, now):
    if is_fixed(assignment, now):
        raise AssignmentClosed(_("You are done and may see the results of the others, so your scores are fixed."))


def _is_sealed(judge, now):
    return Judge.objects.filter(pk=judge.pk).sealing(judge.user, now).exists()


def _refuse_the_judge_outside_the_dates(assignment, by, now):
    """The advocacy team may still correct what comes to light between the close and the announcement."""
    judge = assignment.judge
    if is_judge(by, judge):
        refuse_who_left(judge)
        if not judge.program.in_judging(now):
            raise JudgingNotOpen(_("Judging of %(program)s is not open.") % {"program": judge.program})


def refuse_who_left(judge):
    if judge.left_at:
        raise NotYourAssignment(_("You are no longer a judge of %(program)s.") % {"program": judge.program})


def _leave(assignment, status, reason, by, now):
    refuse_when_announced(assignment)
    _refuse_the_judge_outside_the_dates(assignment, by, now)
    with transaction.atomic():
        locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
        if locked.status == status:
            return
        # The reason first: the database takes no recusal without one.
        assignment.reason, assignment.decided_at = reason, now
        assignment.save(update_fields=["reason", "decided_at"])
        move(assignment, to=status, by=as_user(by), why=reason, changed_at=now)
        stop_reminding_judge(assignment.judge)

"""The plan after the award: light asks before heavy ones, each through the ask ledger."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import services as advocacy
from advocacy.models import ActivityType, Ask, User
from advocacy.workflow import move
from advocacy.working_time import day_of
from awards.aftermath import FOLLOW_THROUGH, ask_on
from awards.exceptions import ReasonMissing, StepNotReady
from awards.models import FollowThroughStep, Winner
from awards.services.stopping import stop_reminding_of_step

Status = FollowThroughStep.Status


def plan_follow_through(*, winner: Winner) -> None:
    """Write the plan of a winner who was announced; again changes nothing."""
    program = winner.category.program
    if program.announced_at is None or winner.status != Winner.Status.ACCEPTED:
        return
    types = ActivityType.objects.in_bulk([code for code, _days in FOLLOW_THROUGH], field_name="code")
    announced_on = day_of(program.announced_at)
    FollowThroughStep.objects.bulk_create(
        [
            FollowThroughStep(winner=winner, activity_type=types[code], due_on=ask_on(announced_on, days), position=position)
            for position, (code, days) in enumerate(FOLLOW_THROUGH)
            if code in types
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def ask_step(*, step: FollowThroughStep, by: User, now: datetime) -> Ask:
    """Take the winner's place in the ledger and record that they are asked.

    Raises StepNotReady where a lighter ask comes first or the award was taken back, AdvocateUnavailable with the
    ledger's reasons.
    """
    step = (
        FollowThroughStep.objects.select_for_update(of=("self",))
        .select_related("winner__entry__nomination__nominee")
        .get(pk=step.pk)
    )
    if step.status != Status.PLANNED:
        return step.ask
    _refuse_out_of_turn(step)
    ask = advocacy.reserve_ask(
        advocate=step.winner.entry.nomination.nominee,
        activity_type=step.activity_type,
        asked_by=by,
        source=Ask.Source.AWARD,
        now=now,
    )
    advocacy.move_ask(ask=ask, to=Ask.State.ASKED, by=by, now=now)
    move(step, to=Status.ASKED, by=by, changed_at=now)
    stop_reminding_of_step(step)
    step.ask = ask
    step.save(update_fields=["ask"])
    return ask


def _refuse_out_of_turn(step):
    if step.winner.status != Winner.Status.ACCEPTED:
        raise StepNotReady(_("The award was taken back, so nothing more is asked."))
    lighter = step.winner.follow_through.filter(status=Status.PLANNED, position__lt=step.position).select_related("activity_type")
    if first := lighter.first():
        raise StepNotReady(
            _("First the lighter ask: %(activity)s. Drop it if it does not fit this customer.")
            % {"activity": first.activity_type}
        )


@transaction.atomic
def record_yes(*, step: FollowThroughStep, by: User, now: datetime) -> None:
    """They said yes; raises ForbiddenMove where nobody asked."""
    _refuse_unasked(step)
    advocacy.move_ask(ask=step.ask, to=Ask.State.ACCEPTED, by=by, now=now)


@transaction.atomic
def record_done(*, step: FollowThroughStep, outcome: str, by: User, now: datetime) -> None:
    """It happened. A yes that nobody wrote down is written with it."""
    _refuse_unasked(step)
    if step.ask.state == Ask.State.ASKED:
        advocacy.move_ask(ask=step.ask, to=Ask.State.ACCEPTED, by=by, now=now)
    advocacy.move_ask(ask=step.ask, to=Ask.State.DONE, by=by, now=now, outcome=outcome.strip())
    move(step, to=Status.DONE, by=by, why=outcome.strip(), changed_at=now)


@transaction.atomic
def record_no(*, step: FollowThroughStep, why: str, by: User, now: datetime) -> None:
    """They said no: the ledger gives the place back and remembers the no; the step is dropped."""
    _refuse_unasked(step)
    advocacy.move_ask(ask=step.ask, to=Ask.State.DECLINED, by=by, now=now, why=why.strip())
    move(step, to=Status.DROPPED, by=by, why=why.strip() or _("They said no."), changed_at=now)


def drop_step(*, step: FollowThroughStep, why: str, by: User, now: datetime) -> None:
    """The ask does not fit this customer. Raises ReasonMissing, or StepNotReady once they were asked."""
    if not why.strip():
        raise ReasonMissing(_("Say why this ask does not fit."))
    if step.status == Status.ASKED:
        raise StepNotReady(_("They were asked already: record their answer."))
    move(step, to=Status.DROPPED, by=by, why=why.strip(), changed_at=now)
    stop_reminding_of_step(step)


def keep_steps_current(*, now: datetime) -> int:
    """Follow what the ledger knows: done elsewhere is done here, an ask that ended without a result is open again.

    Returns how many steps moved; safe to run twice.
    """
    steps = FollowThroughStep.objects.behind_the_ledger().select_related("ask", "winner__entry__nomination")
    return sum(_follow(step, now) for step in steps.select_related("winner__category__program"))


@transaction.atomic
def _follow(step, now):
    if step.status == Status.PLANNED:
        return _take_over(step, now)
    if step.ask.state == Ask.State.DONE:
        return move(step, to=Status.DONE, changed_at=now)
    if step.ask.state == Ask.State.DECLINED:
        return move(step, to=Status.DROPPED, why=_("They said no."), changed_at=now)
    return _plan_again(step, now)


def _plan_again(step, now):
    step.ask = None
    step.save(update_fields=["ask"])
    return move(step, to=Status.PLANNED, why=_("The ask ended without a result."), changed_at=now)


def _take_over(step, now):
    """The same activity, done through a request since the announcement. Of two steps one takes it."""
    step.ask = Ask.objects.filter(pk=step.done_elsewhere, follow_through_step=None).first()
    if step.ask is None:
        return False
    step.save(update_fields=["ask"])
    move(step, to=Status.ASKED, why=_("Asked through a request."), changed_at=now)
    stop_reminding_of_step(step)
    return move(step, to=Status.DONE, changed_at=now)


def _refuse_unasked(step):
    if step.status != Status.ASKED or step.ask is None:
        raise StepNotReady(_("Nobody has asked them for this yet."))

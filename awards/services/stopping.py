"""A reminder whose reason is gone stays home, also when it is written and waits for its hour."""

from awards import emails
from awards.models import Assignment, FollowThroughStep, Judge, Winner
from nominations.models import Program
from outbox.services import cancel_messages


def stop_reminding_judge(judge: Judge) -> None:
    """Call it where a judge may have nothing open any more."""
    if judge.left_at or not Assignment.objects.filter(judge=judge).open().exists():
        cancel_messages(kind=emails.JUDGING_ENDS_SOON, about=judge)


def stop_reminding_of_judging(program: Program) -> None:
    """Judging is over."""
    cancel_messages(kind=emails.JUDGING_BEHIND, about=program)
    for judge in program.judges.all():
        cancel_messages(kind=emails.JUDGING_ENDS_SOON, about=judge)


def stop_reminding_of_step(step: FollowThroughStep) -> None:
    """They were asked, or nobody will ask them."""
    for kind in emails.STEP_KINDS:
        cancel_messages(kind=kind, about=step)


def stop_reminding_of_winner(winner: Winner) -> None:
    """The award was taken back: nothing of it is looked forward to."""
    cancel_messages(kind=emails.EMBARGO_LIFTS, about=winner)
    for step in winner.follow_through.all():
        stop_reminding_of_step(step)

"""What the clocks of judging and awards write."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from advocacy.people import responsible_for
from advocacy.working_time import day_of
from awards import emails
from awards.due import JUDGING_DAYS, pace_of
from awards.exceptions import NothingToRemind
from awards.models import Judge, Winner
from awards.services.announcement import chosen, what_is_missing
from nominations.services.programs import team_of
from outbox.clocks import Due

# A step that nobody has asked for so many days after its day is for the team.
OVERDUE = 7


def next_reminder(deadline: datetime, now: datetime) -> datetime | None:
    """When the clock reminds next; None when the last reminder is behind us."""
    marks = [deadline - timedelta(days=days) for days in JUDGING_DAYS]
    return min((moment for moment in marks if moment > now), default=None)


def nudge_judge(*, judge: Judge, now: datetime) -> None:
    """Remind one judge now, at a person's word; twice on a day is one mail. Raises NothingToRemind."""
    waiting = Judge.objects.filter(pk=judge.pk).reachable().open_work().with_open_count().first()
    if waiting is None or not judge.program.in_judging(now):
        raise NothingToRemind(_("%(judge)s has nothing open, or cannot be reached.") % {"judge": judge})
    emails.judging_ends_soon(waiting, f"nudge-{now:%Y%m%d}", now=now)


def judging_behind(due: Due, now: datetime) -> None:
    program = due.about
    slowest = Judge.objects.filter(program=program).present().open_work().with_open_count().order_by("-open_count", "pk")[:5]
    for person in team_of(program):
        emails.judging_behind(program, person, pace=pace_of(program, now), slowest=slowest, occurrence=due.mark, now=now)


def announcement_soon(due: Due, now: datetime) -> None:
    """The team hears what is still missing, and each CSM that their winner may be spoken of soon."""
    program = due.about
    winners = list(chosen(program))
    missing = what_is_missing(program, winners, now)
    for person in team_of(program):
        emails.announcement_soon(program, person, winners=winners, missing=missing, occurrence=due.mark, now=now)
    for winner in winners:
        if winner.status == Winner.Status.ACCEPTED and not has_own_embargo(winner):
            for person in _who_looks_after(winner, now):
                emails.embargo_lifts(winner, person, moment=program.announces_at, occurrence=due.mark, now=now)


def has_own_embargo(winner: Winner) -> bool:
    """One that ends after the announcement."""
    return bool(winner.embargo_until and winner.embargo_until > winner.category.program.announces_at)


def embargo_lifts(due: Due, now: datetime) -> None:
    winner = due.about
    people = _who_looks_after(winner, now) + team_of(winner.category.program)
    for person in {person.pk: person for person in people}.values():
        emails.embargo_lifts(winner, person, moment=winner.embargo_until, occurrence=due.mark, now=now)


def follow_through_due(due: Due, now: datetime) -> None:
    """Whoever looks after the customer is told before and on the day; what nobody has begun a week later, the team."""
    step = due.about
    is_overdue = due.day >= OVERDUE
    people = team_of(step.winner.category.program) if is_overdue else _who_looks_after(step.winner, now)
    for person in people:
        emails.follow_through_due(step, person, is_overdue=is_overdue, occurrence=due.mark, now=now)


def _who_looks_after(winner, now):
    return responsible_for(winner.entry.nomination.account, on=day_of(now))

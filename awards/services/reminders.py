"""Reminding judges of the deadline: 7, 3 and 1 days before, as long as something is open."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from awards import emails
from awards.exceptions import NothingToRemind
from awards.models import Judge
from nominations.models import Program

MARKS = (7, 3, 1)


def remind_judges(*, now: datetime) -> int:
    """Write the reminders that are due. Two beats write one mail; a missed tick is made up by the next.

    Days are 24 hours before the moment judging closes, whatever the clocks do in between.
    """
    written = 0
    for program in Program.objects.filter(judging_opens_at__lte=now, judging_closes_at__gt=now):
        mark = nearest_mark(program.judging_closes_at, now)
        if mark is None:
            continue
        for judge in Judge.objects.filter(program=program).reachable().open_work().with_open_count():
            emails.judging_ends_soon(judge, mark)
            written += 1
    return written


def nearest_mark(deadline: datetime, now: datetime) -> int | None:
    """The smallest mark already reached: after a long break one reminder goes out, not three."""
    left = deadline.astimezone(UTC) - now.astimezone(UTC)  # in a zone with summer time a day may have 23 hours
    return min((days for days in MARKS if left <= timedelta(days=days)), default=None)


def next_reminder(deadline: datetime, now: datetime) -> datetime | None:
    """When the clock reminds next; None when the last reminder is behind us."""
    marks = [deadline - timedelta(days=days) for days in MARKS]
    return min((moment for moment in marks if moment > now), default=None)


def nudge_judge(*, judge: Judge, now: datetime) -> None:
    """Remind one judge now, at a person's word; twice on a day is one mail. Raises NothingToRemind."""
    waiting = Judge.objects.filter(pk=judge.pk).reachable().open_work().with_open_count().first()
    if waiting is None or not judge.program.in_judging(now):
        raise NothingToRemind(_("%(judge)s has nothing open, or cannot be reached.") % {"judge": judge})
    emails.judging_ends_soon(waiting, f"nudge-{now:%Y%m%d}")

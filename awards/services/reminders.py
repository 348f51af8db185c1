"""Reminding judges of the deadline: 7, 3 and 1 days before, as long as something is open."""

from datetime import UTC, datetime, timedelta

from awards import emails
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

"""When somebody works, Monday to Friday, on the clock on their wall; without the ORM and without public holidays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

SATURDAY = 5


def working_days(moment: datetime, zone: tzinfo, starts: time, ends: time) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing of the working day that is on at `moment`, or else comes next, and of those after it, in UTC.

    An end at or before the start is on the next day: somebody who works at night.
    """
    day = moment.astimezone(zone).date() - timedelta(days=1)  # last night's working day may still be on
    while True:
        opens, closes = hours_on(day, zone, starts, ends)
        if day.weekday() < SATURDAY and closes > moment:
            yield opens, closes
        day += timedelta(days=1)


def hours_on(day: date, zone: tzinfo, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Opening and closing on a day, in UTC, where differences are hours that really pass."""
    last = day if ends > starts else day + timedelta(days=1)
    return datetime.combine(day, starts, zone).astimezone(UTC), datetime.combine(last, ends, zone).astimezone(UTC)


def next_working_moment(moment: datetime, zone: tzinfo, starts: time, ends: time) -> datetime:
    """`moment` itself within a working day, else the next opening."""
    opens, _closes = next(working_days(moment, zone, starts, ends))
    return max(opens, moment)


def next_day_mail(moment: datetime, zone: tzinfo, hour: int) -> datetime:
    """The next time the wall clock shows `hour` on a working day; `moment` itself counts."""
    day = moment.astimezone(zone).date()
    while True:
        slot = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if day.weekday() < SATURDAY and slot >= moment:
            return slot
        day += timedelta(days=1)

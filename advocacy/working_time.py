"""Working days and hours, without public holidays: Monday to Friday."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from outbox.working_hours import SATURDAY, hours_on, working_days


def day_of(moment: datetime) -> date:
    """The calendar day that counts for caps and rests; one zone for everybody, so that all see the same."""
    return moment.astimezone(UTC).date()


def start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def add_working_days(moment: datetime, days: int) -> datetime:
    """The same time of day, `days` working days later; from a weekend the count starts on Monday."""
    while days:
        moment += timedelta(days=1)
        if moment.weekday() < SATURDAY:
            days -= 1
    return moment


def add_working_hours(moment: datetime, hours: float, zone: tzinfo, starts: time, ends: time) -> datetime:
    """So many hours later, counted only while somebody in `zone` works, Monday to Friday from `starts` to `ends`.

    Outside the working day the count starts at the next opening, so that a Saturday counts from Monday's. An end
    at or before the start is on the next day: somebody who works at night. Hours are those of the clock on the
    wall that really pass: a day on which the clocks change is an hour shorter or longer.
    """
    left = timedelta(hours=hours)
    days = working_days(moment, zone, starts, ends)
    while True:
        opens, closes = next(days)
        begins = max(opens, moment)
        if begins + left <= closes:
            return begins + left
        left -= closes - begins


def hours_of_day(starts: time, ends: time) -> float:
    """The length of an ordinary working day."""
    opens, closes = hours_on(date(2026, 1, 5), UTC, starts, ends)
    return (closes - opens) / timedelta(hours=1)

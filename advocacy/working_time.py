"""Working days, without public holidays: Monday to Friday."""

from datetime import UTC, date, datetime, timedelta

SATURDAY = 5


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

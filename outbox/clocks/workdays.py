"""Working days, Monday to Friday in UTC, without public holidays. Pure."""

from datetime import UTC, datetime, time, timedelta

SATURDAY = 5


def workdays_before(now: datetime, days: int) -> datetime:
    """The latest moment that is so many working days old; at the weekend as at its beginning, so that nothing falls due on it."""
    moment = now.astimezone(UTC)
    if moment.weekday() >= SATURDAY:
        saturday = moment.date() - timedelta(days=moment.weekday() - SATURDAY)
        moment = datetime.combine(saturday, time.min, tzinfo=UTC) - timedelta(microseconds=1)
    while days:
        moment -= timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment


def workdays_after(moment: datetime, days: int) -> datetime:
    """So many working days later, at the same time of day; from a weekend the count starts with Monday's opening."""
    moment = moment.astimezone(UTC)
    if moment.weekday() >= SATURDAY:
        moment = datetime.combine(moment.date() + timedelta(days=7 - moment.weekday()), time.min, tzinfo=UTC)
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment

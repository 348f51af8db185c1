"""When a week or a month begins for somebody, on the clock on their wall. Pure, without public holidays."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outbox.working_hours import SATURDAY, hours_on


def week_of(now: datetime, zone: str, starts: time) -> tuple[date, datetime]:
    """The Monday of this week, and the moment work began on it."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    return monday, opening(monday, zone, starts)


def month_of(now: datetime, zone: str, starts: time) -> tuple[date, datetime]:
    """The first of this month, and the moment work began on its first working day."""
    first = now.astimezone(ZoneInfo(zone)).date().replace(day=1)
    day = first
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return first, opening(day, zone, starts)


def opening(day: date, zone: str, starts: time) -> datetime:
    return hours_on(day, ZoneInfo(zone), starts, starts)[0]

"""Days to answer an offer, on the program's own calendar. Pure."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta


def day_after(now: datetime, days: int, zone: str) -> date:
    """The day that stands `days` after today on a calendar in `zone`."""
    return now.astimezone(zoneinfo.ZoneInfo(zone)).date() + timedelta(days=days)


def end_of(day: date, zone: str) -> datetime:
    """The moment a day is over in `zone`, be it 23, 24 or 25 hours long."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)


def is_over(day: date | None, zone: str, now: datetime) -> bool:
    return day is not None and now >= end_of(day, zone)

"""The calendar of a program: shifting, suggesting and looking over its dates. Pure; `now` is an argument."""

import zoneinfo
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advocacy import walltime

DATES = ["opens_at", "closes_at", "judging_opens_at", "judging_closes_at", "announces_at"]
LEAD_MONTHS = 6
SATURDAY = 5
WEEK = timedelta(days=7)


def shifted(moment: datetime, zone: str, days: int) -> datetime:
    """The same time on a clock in `zone`, `days` days later. A time the clock skips becomes the next that exists;
    of a time it shows twice it is the first."""
    wall = walltime.to_wall(moment, zone) + timedelta(days=days)
    return wall.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)


def days_to_next_season(opens_at: datetime, now: datetime) -> int:
    """Whole weeks nearest to a number of years, so that weekdays stay; as many years as put the opening ahead of `now`."""
    years = 1
    while opens_at + _years(years) <= now:
        years += 1
    return _years(years).days


def _years(years):
    return round(years * 365.25 / 7) * WEEK


def suggested_dates(now: datetime, zone: str) -> dict[str, datetime]:
    """Dates for a new program: over six months in all, on working days, in office hours of `zone`."""
    today = walltime.to_wall(now, zone).date()
    opens = _next(today + timedelta(weeks=8), weekday=1)
    days = {
        "opens_at": (opens, time(9)),
        "closes_at": (opens + timedelta(days=45), time(18)),
        "judging_opens_at": (opens + timedelta(days=48), time(9)),
        "judging_closes_at": (opens + timedelta(days=80), time(18)),
        "announces_at": (opens + timedelta(days=140), time(10)),
    }
    return {name: walltime.to_utc(datetime.combine(day, at), zone) for name, (day, at) in days.items()}


def _next(day, *, weekday):
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def warnings(dates: Mapping[str, datetime], *, zone: str, now: datetime, labels: Mapping[str, str]) -> list[str]:
    """What to think over about the dates; nothing here forbids them."""
    return [*_lead_time(dates, zone, now), *_weekends(dates.items(), zone, labels)]


def _lead_time(dates, zone, now):
    """Once the call has closed, nothing can be done about it any more."""
    announces_at = dates.get("announces_at")
    if not announces_at or now > dates.get("closes_at", announces_at):
        return []
    enough_on = add_months(walltime.to_wall(now, zone).date(), LEAD_MONTHS)
    if walltime.to_wall(announces_at, zone).date() >= enough_on:
        return []
    return [
        _(
            "The announcement is less than six months away. Finding customers, their approvals and the event take that long: "
            "%(day)s or later gives you the time."
        )
        % {"day": date_format(enough_on, "j F Y")}
    ]


def _weekends(dates: Iterable[tuple[str, datetime]], zone, labels):
    for name, moment in dates:
        wall = walltime.to_wall(moment, zone)
        if wall.weekday() >= SATURDAY:
            yield _("%(name)s: %(day)s is a %(weekday)s in %(zone)s. Nobody is there to help.") % {
                "name": capfirst(labels.get(name, name)),
                "day": date_format(wall, "j F Y"),
                "weekday": date_format(wall, "l"),
                "zone": zone,
            }

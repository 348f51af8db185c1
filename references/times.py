"""Times for a conversation between two people who may live far apart. Pure: the current time and the zones are arguments."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.walltime import NoSuchWallTime, to_utc, to_wall

AT_LEAST = 3
SUGGESTED = 8
A_DAY = 2
DAYS_AHEAD = 21
SATURDAY = 5
OFFICE = time(9), time(17)
LONG_DAY = time(7), time(20)
EDGES = time(6), time(22, 30)
WHOLE_DAY = time(0), time(23, 59)


def suggestions(*, now: datetime, zone: str, other_zone: str, minutes: int, until: date) -> list[datetime]:
    """Moments in the working hours of both, at most two a day, from the day after tomorrow to `until`.

    Where the two never work at the same time, the day is taken longer for both, then whole.
    """
    for hours in (OFFICE, LONG_DAY, EDGES, WHOLE_DAY):
        found = list(_times(now, zone, other_zone, hours, minutes, until))
        if len(found) >= AT_LEAST:
            break
    return found[:SUGGESTED]


def _times(now, zone, other_zone, hours, minutes, until) -> Iterator[datetime]:
    first = to_wall(now, zone).date() + timedelta(days=2)
    for days in range(DAYS_AHEAD):
        day = first + timedelta(days=days)
        if day > until:
            return
        fitting = [
            moment
            for moment in _full_hours(day, zone)
            if _is_within(moment, zone, hours, minutes) and _is_within(moment, other_zone, hours, minutes)
        ]
        # One early and one late: somebody has the morning free, or the afternoon.
        yield from fitting if len(fitting) <= A_DAY else (fitting[len(fitting) // 4], fitting[-len(fitting) // 4])


def _full_hours(day, zone):
    for hour in range(24):
        try:
            yield to_utc(datetime.combine(day, time(hour)), zone)
        except NoSuchWallTime:
            continue


def _is_within(moment, zone, hours, minutes):
    starts, ends = to_wall(moment, zone), to_wall(moment + timedelta(minutes=minutes), zone)
    is_work = hours == WHOLE_DAY or starts.weekday() < SATURDAY
    return is_work and hours[0] <= starts.time() and starts.date() == ends.date() and ends.time() <= hours[1]


def why_not(starts: Iterable[datetime], *, now: datetime, minutes: int, until: date, zone: str) -> str:
    """The sentence on why these times cannot be offered; empty when they can. `until` is the last day, in `zone`."""
    starts = sorted(set(starts))
    if past := next((moment for moment in starts if moment <= now), None):
        return _("%(time)s has passed.") % {"time": shown(past, zone)}
    if len(starts) < AT_LEAST:
        return _("Please offer at least three times, so that one of them suits the other side.")
    for before, after in zip(starts, starts[1:], strict=False):
        if after - before < timedelta(minutes=minutes):
            return _("%(first)s and %(second)s overlap: the conversation takes %(minutes)s minutes.") % {
                "first": shown(before, zone),
                "second": shown(after, zone),
                "minutes": minutes,
            }
    if to_wall(starts[-1], zone).date() > until:
        sentence = _("They need it by %(day)s. If you can only do it later, choose “Later” or answer the mail you got.")
        return sentence % {"day": date_format(until, "j F Y")}
    return ""


def shown(moment: datetime, zone: str) -> str:
    """Such as “Tue 3 March 2026, 10:00 (Europe/Berlin)”."""
    return f"{date_format(to_wall(moment, zone), 'D j F Y, H:i')} ({zone.replace('_', ' ')})"


def shown_to_both(moment: datetime, zone: str, other_zone: str, theirs: str) -> str:
    """The day and hour in `zone`, which stands on the page, and the other side's clock where it shows something else."""
    here, there = to_wall(moment, zone), to_wall(moment, other_zone)
    words = date_format(here, "D j F, H:i")
    if here == there:
        return words
    return f"{words} · {theirs} {date_format(there, 'D H:i')} ({other_zone.replace('_', ' ')})"


def zone_of(*names: str) -> str:
    """The first of these that is known, else UTC."""
    return next((name for name in names if name), "UTC")

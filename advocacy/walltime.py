"""Wall time in a named zone, to and from UTC. Pure."""

import zoneinfo
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class NoSuchWallTime(ValueError):
    """The clock skips this time, or shows it twice; the message is a sentence."""


def to_utc(naive: datetime, zone: str) -> datetime:
    """The moment a clock in `zone` shows `naive`. Raises NoSuchWallTime when that is no moment, or two."""
    info = zoneinfo.ZoneInfo(zone)
    first, second = (naive.replace(tzinfo=info, fold=fold) for fold in (0, 1))
    facts = {"time": f"{naive:%H:%M}", "day": date_format(naive, "j F Y"), "zone": zone}
    if first.astimezone(UTC).astimezone(info).replace(tzinfo=None) != naive:
        raise NoSuchWallTime(_("%(time)s does not exist on %(day)s in %(zone)s: the clock is put forward.") % facts)
    if first.utcoffset() != second.utcoffset():
        raise NoSuchWallTime(_("%(time)s comes twice on %(day)s in %(zone)s: the clock is put back. Choose another.") % facts)
    return first.astimezone(UTC)


def to_wall(moment: datetime, zone: str) -> datetime:
    """What a clock in `zone` shows at `moment`, without a zone."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


def in_words(moment: datetime, zone: str) -> str:
    """Such as "3 May 2026, 18:00 (America/New York)"."""
    return f"{date_format(to_wall(moment, zone), 'j F Y, H:i')} ({zone.replace('_', ' ')})"


@cache
def all_zones() -> set[str]:
    """Former names too: browsers still say Asia/Calcutta."""
    return zoneinfo.available_timezones()


@cache
def zones() -> list[str]:
    """The time zones a person may choose from: one for each place, without their former names and without offsets."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    return sorted(line.split("\t")[2] for line in lines if not line.startswith("#"))

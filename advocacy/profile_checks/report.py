"""The dashboard of freshness: shares by section, segment and CSM, how they went, and the work list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.freshness import CHECKED, SECTIONS
from advocacy.models import Advocate, User, Verification
from advocacy.models.accounts import Segment
from advocacy.profile_checks.queue import LISTS, PER_PAGE, Line, lines, numbers, waiting
from advocacy.profile_checks.shares import Share, add_up, shares_of, trend
from advocacy.text import row_number
from advocacy.working_time import day_of

MOST_CSMS = 100
PIECE = 200  # profiles of a whole list read at a time
LABELS = {
    "due": gettext_lazy("Due for a check"),
    "doubt": gettext_lazy("In doubt"),
    "gone": gettext_lazy("Out of the search"),
    "next": gettext_lazy("Due in the next 30 days"),
}


@dataclass(frozen=True)
class Chosen:
    """What the address of the page says; a value it does not know counts as none."""

    listed: str = "due"
    section: str = ""
    segment: str = ""
    csm: int | None = None
    page: int = 1

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Chosen":
        listed, section, segment = (values.get(name, "") for name in ("list", "section", "segment"))
        return cls(
            listed=listed if listed in LISTS else "due",
            section=section if section in CHECKED else "",
            segment=segment if segment in Segment.values else "",
            csm=row_number(values.get("csm", "")),
            page=min(row_number(values.get("page", "")) or 1, 10_000),
        )


@dataclass(frozen=True)
class Bar:
    """One line of a table: so many of these profiles are verified. `key` is its value in the address."""

    label: str
    people: int
    verified: int
    key: object = ""

    @property
    def percent(self) -> int:
        return round(100 * self.verified / self.people) if self.people else 0


@dataclass(frozen=True)
class Month:
    label: str
    bars: list[Bar]


@dataclass(frozen=True)
class Report:
    people: int
    sections: list[Bar]
    segments: list[Bar]
    csms: list[Bar]
    months: list[Month]
    numbers: dict[str, int]


@dataclass(frozen=True)
class People:
    lines: list[Line]
    has_next: bool


def report_for(user: User, chosen: Chosen, now: datetime) -> Report:
    """The same few queries however many profiles there are."""
    everybody = Advocate.objects.watched_by(user)
    shares = shares_of(_of_group(everybody, chosen), day=day_of(now))
    of_section = [share for share in shares if share.section == chosen.section] if chosen.section else shares
    sections = add_up(shares, "section")
    people = sections.get("contact", (0, 0))[0]
    return Report(
        people=people,
        sections=_bars(SECTIONS, sections, dict(Verification.Section.choices)),
        segments=_bars([*Segment.values, ""], add_up(of_section, "segment"), dict(Segment.choices) | {"": _("Unknown")}),
        csms=_by_csm(of_section),
        months=_months(user, chosen, sections, now),
        numbers=numbers(_of_group(everybody, chosen), now, section=chosen.section),
    )


def people_of(user: User, chosen: Chosen, now: datetime) -> People:
    """One page of the work list."""
    among = _of_group(Advocate.objects.watched_by(user), chosen)
    skip = PER_PAGE * (chosen.page - 1)
    found = waiting(among, chosen.listed, now, section=chosen.section, most=PER_PAGE + 1, skip=skip)
    return People(lines(found[:PER_PAGE]), has_next=len(found) > PER_PAGE)


def whole_list(user: User, chosen: Chosen, now: datetime, *, most: int | None = None) -> tuple[int, Iterator[Line]]:
    """The first `most` of the work list, or all: how many, and they themselves, some hundred at a time for little memory."""
    among = _of_group(Advocate.objects.watched_by(user), chosen)
    found = waiting(among, chosen.listed, now, section=chosen.section, most=most)
    pieces = (found[start : start + PIECE] for start in range(0, len(found), PIECE))
    return len(found), chain.from_iterable(map(lines, pieces))


def _of_group(advocates, chosen):
    if chosen.segment:
        advocates = advocates.filter(account__segment=chosen.segment)
    return advocates.filter(account__csm=chosen.csm) if chosen.csm else advocates


def _bars(order: Iterable[str], found: Mapping[str, tuple[int, int]], labels: Mapping[str, str]) -> list[Bar]:
    return [Bar(str(labels[key]), *found[key], key=key) for key in order if key in found]


def _by_csm(shares: list[Share]) -> list[Bar]:
    """The least verified first: that is where to help."""
    found = add_up(shares, "csm")
    names = dict(User.objects.filter(pk__in=[pk for pk in found if pk]).values_list("pk", "name"))
    bars = [Bar(names.get(pk) or _("No CSM: the advocacy team"), *numbers, key=pk or "") for pk, numbers in found.items()]
    return sorted(bars, key=lambda bar: (bar.percent, bar.label))[:MOST_CSMS]


def _months(user, chosen, sections, now):
    """The ends of the months, and today; only of the whole, because the past is kept for that."""
    if chosen.segment or chosen.csm:
        return []
    labels = dict(Verification.Section.choices)
    past = [Month(_month(day), _bars(SECTIONS, found, labels)) for day, found in trend(user, now)]
    return [*past, Month(_("Today"), _bars(SECTIONS, sections, labels))]


def _month(day: date) -> str:
    return date_format(day, "M Y")

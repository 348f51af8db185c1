"""The profiles somebody has to look at: in doubt first, then what is longest overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from advocacy.freshness import CHECKED
from advocacy.models import Advocate, ProfileDoubt, User, Verification
from advocacy.working_time import day_of

LONGEST = 200  # nobody works through more at a time
PER_PAGE = 50
AHEAD = timedelta(days=30)

# Name in the address: which sections of a profile are meant.
LISTS = {
    "due": "s.due_on <= %(day)s",
    "doubt": "s.due_on <= %(day)s AND s.doubted_at IS NOT NULL",
    "gone": "s.leaves_on <= %(day)s",
    "next": "s.due_on > %(day)s AND s.due_on <= %(until)s",
}
QUEUE = """
SELECT s.advocate_id, min(s.due_on), min(s.leaves_on), array_agg(s.section::text ORDER BY s.section), bool_or(s.doubted_at IS NOT NULL)
FROM advocacy_sections_of(ARRAY({people})) s
WHERE s.section = ANY (%(sections)s) AND {when}
GROUP BY 1 ORDER BY 5 DESC, 2, 1 LIMIT %(most)s OFFSET %(skip)s
"""
NUMBERS = f"""
SELECT {", ".join(f"count(DISTINCT s.advocate_id) FILTER (WHERE {when})" for when in LISTS.values())}
FROM advocacy_sections_of(ARRAY({{people}})) s WHERE s.section = ANY (%(sections)s)
"""  # noqa: S608 - conditions of our own


@dataclass(frozen=True)
class Waiting:
    """One profile in the queue: since when, and which sections."""

    pk: int
    due_on: date
    leaves_on: date
    sections: Sequence[str]
    is_doubted: bool


@dataclass(frozen=True)
class Line:
    """A profile in the queue with what a list shows of it."""

    waiting: Waiting
    advocate: Advocate
    doubts: list[str]

    @property
    def labels(self) -> str:
        """The sections that are due, in words."""
        return ", ".join(str(Verification.Section(section).label) for section in self.waiting.sections)


def keys(user: User, now: datetime) -> list[int]:
    """The profiles `user` has to look at, in the order of the queue."""
    return [found.pk for found in waiting(Advocate.objects.kept_by(user), "due", now, most=LONGEST)]


def first_few(user: User, now: datetime, most: int) -> list[Line]:
    return lines(waiting(Advocate.objects.kept_by(user), "due", now, most=most))


def waiting(
    advocates: QuerySet[Advocate], listed: str, now: datetime, *, section: str = "", most: int | None = None, skip: int = 0
) -> list[Waiting]:
    """Of these advocates those on one of LISTS, those in doubt first, then the longest overdue."""
    people, values = _among(advocates, now, section)
    with connection.cursor() as cursor:
        cursor.execute(QUEUE.format(people=people, when=LISTS[listed]), values | {"most": most, "skip": skip})
        return [Waiting(*row) for row in cursor.fetchall()]


def numbers(advocates: QuerySet[Advocate], now: datetime, *, section: str = "") -> dict[str, int]:
    """How many of these advocates stand on each of LISTS."""
    people, values = _among(advocates, now, section)
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS.format(people=people), values)
        return dict(zip(LISTS, cursor.fetchone(), strict=True))


def _among(advocates, now, section):
    """The SQL that selects these advocates, and the values it and the day of LISTS need."""
    try:
        sql, params = advocates.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        sql, params = "SELECT 0::bigint WHERE false", ()
    names = {f"person_{number}": value for number, value in enumerate(params)}
    values = {
        "day": day_of(now),
        "until": day_of(now) + AHEAD,
        "sections": [section] if section in CHECKED else list(CHECKED),
    }
    return sql % tuple(f"%({name})s" for name in names), values | names


def lines(found: list[Waiting]) -> list[Line]:
    pks = [row.pk for row in found]
    people = Advocate.objects.select_related("account__csm").in_bulk(pks)
    reasons = {}
    for doubt in ProfileDoubt.objects.open().filter(advocate__in=pks):
        reasons.setdefault(doubt.advocate_id, {})[doubt.sentence] = True
    return [Line(row, people[row.pk], list(reasons.get(row.pk, {}))) for row in found if row.pk in people]

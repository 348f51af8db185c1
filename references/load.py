"""Who carries the asks: asked too much, never asked, and what each advocate got in return.

Counted are asks that reached the customer (asked, whatever they answered) by `counts_on`; those that were only proposed,
or cancelled or expired before, are not. Gifts count on the giving side, with recognition that was delivered.
Asked too much is whoever is at their own limit of 90 days, or above what an advocate can bear in a year (`DemandRules`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from advocacy.availability import QUARTER_DAYS
from advocacy.models import Advocate, Ask, User
from advocacy.models.accounts import Segment
from advocacy.models.users import Region
from advocacy.working_time import day_of
from references.models import DemandRules

YEAR_DAYS = 365
PER_PAGE = 50
BARS = 6  # 0, 1, … and the last for all above
REACHED = [Ask.State.ASKED, Ask.State.ACCEPTED, Ask.State.SCHEDULED, Ask.State.NO_SHOW, Ask.State.DONE, Ask.State.DECLINED]

# Name in the address: label, SQL of the value, labels of the values.
DIMENSIONS = {
    "segment": (_("Company size"), "c.segment", dict(Segment.choices)),
    "industry": (_("Industry"), "i.name", {}),
    "region": (_("Region"), "c.region", dict(Region.choices)),
    "level": (_("Level"), "p.level", dict(Advocate.Level.choices)),
}
# Name in the address: condition and order of the list.
LISTS = {
    "over": ("is_over", "year DESC, quarter DESC, p.id"),
    "never": ("last_on IS NULL", "p.created_at, p.id"),
    "owed": ("promised > 0", "promised DESC, year DESC, p.id"),
    "all": ("true", "year - given DESC, year DESC, p.id"),
}


@dataclass(frozen=True)
class Group:
    """Advocates of one segment, and how their asks are spread."""

    name: str
    advocates: int
    never: int
    over: int
    asks: int
    given: int

    @property
    def asks_each(self) -> float:
        return self.asks / self.advocates


@dataclass(frozen=True)
class Carried:
    """One advocate: asked and given in the last 365 days; `quarter` in the last 90."""

    pk: int
    name: str
    account: str
    quarter: int
    limit: int
    year: int
    done: int
    given: int
    promised: int
    last_on: date | None


@dataclass(frozen=True)
class Load:
    advocates: int
    over: int
    never: int
    owed: int
    asks: int
    given: int
    bars: list[int]  # advocates asked 0, 1, … times in a year
    groups: list[Group]


def load_of(user: User, by: str, now: datetime) -> Load:
    """The whole picture, and the groups of one dimension, those with most asks for each advocate first."""
    _label, value, labels = DIMENSIONS[by]
    sql, params = _carried(user, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{sql}
            SELECT coalesce({value}, ''), least(year, {BARS - 1}), count(*), count(*) FILTER (WHERE last_on IS NULL),
                count(*) FILTER (WHERE is_over), count(*) FILTER (WHERE promised > 0), sum(year), sum(given)
            FROM carried p LEFT JOIN advocacy_account c ON c.id = p.account_id LEFT JOIN advocacy_industry i ON i.id = c.industry_id
            GROUP BY 1, 2
            """,  # noqa: S608 - names come from DIMENSIONS
            params,
        )
        rows = cursor.fetchall()
    return Load(
        advocates=sum(row[2] for row in rows),
        never=sum(row[3] for row in rows),
        over=sum(row[4] for row in rows),
        owed=sum(row[5] for row in rows),
        asks=sum(row[6] for row in rows),
        given=sum(row[7] for row in rows),
        bars=[sum(row[2] for row in rows if row[1] == times) for times in range(BARS)],
        groups=_groups(rows, labels),
    )


def _groups(rows, labels):
    groups = []
    for value in {row[0] for row in rows}:
        numbers = [sum(column) for column in zip(*(row[2:] for row in rows if row[0] == value), strict=True)]
        advocates, never, over, _owed, asks, given = map(int, numbers)
        groups.append(Group(str(labels.get(value, value)), advocates, never, over, asks, given))
    return sorted(groups, key=lambda group: (-group.asks_each, group.name))


def people_of(user: User, listed: str, page: int, now: datetime) -> list[Carried]:
    """One page of a list, the heaviest first, one more than shown where there is a next."""
    return carried_by(user, listed, now, most=PER_PAGE + 1, skip=(page - 1) * PER_PAGE)


def carried_by(user: User, listed: str, now: datetime, *, most: int | None = None, skip: int = 0) -> list[Carried]:
    condition, order = LISTS[listed]
    sql, params = _carried(user, now)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{sql}
            SELECT p.id, p.name, coalesce(c.name, ''), quarter, p.max_asks_per_quarter, year, done, given, promised, last_on
            FROM carried p LEFT JOIN advocacy_account c ON c.id = p.account_id
            WHERE {condition} ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s
            """,  # noqa: S608 - conditions and orders come from LISTS
            params | {"most": most, "skip": skip},
        )
        return [Carried(*row) for row in cursor.fetchall()]


def _carried(user, now):
    """SQL of one row for each active advocate the reader may see, and its parameters."""
    visible = Advocate.objects.visible_to(user).active().order_by()
    people, values = visible.query.sql_with_params()
    names = {f"visible_{number}": value for number, value in enumerate(values)}
    today = day_of(now)
    params = names | {
        "reached": REACHED,
        "quarter": today - timedelta(days=QUARTER_DAYS),
        "year": today - timedelta(days=YEAR_DAYS),
        "bearable": DemandRules.current().asks_a_year,
    }
    people = people.replace("%s", "{}").format(*(f"%({name})s" for name in names))
    return _CARRIED.format(people=people), params


_CARRIED = """
WITH people AS ({people}), asked AS (
    SELECT a.advocate_id,
        count(*) FILTER (WHERE a.counts_on > %(quarter)s AND t.effort_hours > 0 AND a.state <> 'declined') AS quarter,
        count(*) FILTER (WHERE a.counts_on > %(year)s AND t.effort_hours > 0) AS year,
        count(*) FILTER (WHERE a.counts_on > %(year)s AND t.effort_hours > 0 AND a.state = 'done') AS done,
        count(*) FILTER (WHERE a.counts_on > %(year)s AND t.effort_hours = 0 AND a.state = 'done') AS gifts,
        max(a.counts_on) FILTER (WHERE t.effort_hours > 0) AS last_on
    FROM advocacy_ask a JOIN advocacy_activitytype t ON t.id = a.activity_type_id
    WHERE a.state = ANY (%(reached)s) GROUP BY a.advocate_id
), got AS (
    SELECT advocate_id,
        count(*) FILTER (WHERE status = 'delivered' AND created_at > %(year)s) AS delivered,
        count(*) FILTER (WHERE status = 'promised') AS promised
    FROM advocacy_recognition GROUP BY advocate_id
), carried AS (
    SELECT people.*, coalesce(quarter, 0) AS quarter, coalesce(year, 0) AS year, coalesce(done, 0) AS done, last_on,
        coalesce(gifts, 0) + coalesce(delivered, 0) AS given, coalesce(promised, 0) AS promised,
        coalesce(quarter, 0) >= max_asks_per_quarter OR coalesce(year, 0) > %(bearable)s AS is_over
    FROM people LEFT JOIN asked ON asked.advocate_id = people.id LEFT JOIN got ON got.advocate_id = people.id
)
"""

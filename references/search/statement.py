from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from advocacy.models import ActivityType, Advocate, User
from advocacy.working_time import day_of
from references.models import SearchRow
from references.search.facets import FACETS
from references.search.query import Search
from references.search.text import matches, resembles

PER_PAGE = 20
LOAD_DAYS = 90
OVERDUE_COSTS = 30  # points of quality, of at most 90
COLUMNS = ["advocate_id", "quality", "fresh_until", *(facet.column for facet in FACETS.values())]


@dataclass(frozen=True)
class Count:
    value: int | str
    label: str
    number: int


@dataclass(frozen=True)
class Found:
    """The answer to a search: the ids of one page and every number around it."""

    asks: dict[int, int]  # the results of the page in their order, each with how often it was asked of late
    total: int
    page: int
    counts: dict[str, list[Count]]
    free: int  # how many there would be with "free now"
    without: dict[str, int]  # how many there would be without this facet
    matching_text: int
    is_near: bool = False  # nothing was spelled like this; these are spelled nearly so

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def find(search: Search, user: User, activity_type: ActivityType, now: datetime) -> Found:
    on = day_of(now)
    rows = SearchRow.objects.visible_to(user).findable(on)
    found = _run(search, rows.filter(matches(search.text, user, on)), activity_type, now)
    near = None if found.matching_text or not search.text else resembles(search.text, user, on)
    if near is None:
        return found
    return replace(_run(search, rows.filter(near), activity_type, now), is_near=True)


def _run(search, rows, activity_type, now):
    found = _answer(search, rows, activity_type, now)
    if found.total and not found.asks:
        # A page past the end, which an old link may name, is the last one.
        return _answer(search.on_page(found.pages), rows, activity_type, now)
    return found


def _answer(search, rows, activity_type, now):
    with connection.cursor() as cursor:
        cursor.execute(*statement(search, rows, activity_type, now))
        return _read(search, cursor.fetchall())


def statement(search: Search, rows: QuerySet, activity_type: ActivityType, now: datetime) -> tuple[str, list]:
    """One pass over the rows that match the text, marked with the facets each misses; all numbers come from it.

    A row that misses nothing is a result; one that misses a single facet counts for that facet's values.
    """
    today = day_of(now)
    rows_sql, params = _sql(rows.values_list(*COLUMNS))
    free_sql, free_params = _sql(Advocate.objects.free_for(activity_type, today, now).values("pk"))
    hits = {name: facet.condition(search.values.get(name, ())) for name, facet in FACETS.items()}
    hits["free"] = ("is_free" if search.free else "true", [])
    marks = [value for _sql_text, values in hits.values() for value in values]
    sql = f"""
        WITH known AS MATERIALIZED (
            SELECT rows.*, rows.advocate_id IN ({free_sql}) AS is_free FROM ({rows_sql}) rows
        ), marked AS MATERIALIZED (
            SELECT *, {" + ".join(f"(NOT hit_{name})::int" for name in hits)} AS missed
            FROM (
                SELECT *, {", ".join(f"{condition} AS hit_{name}" for name, (condition, _values) in hits.items())} FROM known
            ) compared
        ), load AS (
            SELECT advocate_id, count(*) AS asks FROM advocacy_ask
            WHERE state NOT IN ('cancelled', 'declined', 'expired') AND counts_on > %s GROUP BY advocate_id
        ), results AS (
            SELECT advocate_id, coalesce(asks, 0) AS asks, row_number() OVER (
                ORDER BY coalesce(asks, 0),
                    quality - CASE WHEN fresh_until <= %s THEN {OVERDUE_COSTS} ELSE 0 END DESC, advocate_id
            ) AS place
            FROM marked LEFT JOIN load USING (advocate_id) WHERE missed = 0
        )
        SELECT 'page' AS part, advocate_id::text, asks::text, place FROM results
        WHERE place > %s AND place <= %s
        UNION ALL SELECT 'total', '', '', count(*) FROM results
        UNION ALL SELECT 'text', '', '', count(*) FROM marked
        UNION ALL SELECT 'free', '', '', count(*) FROM marked WHERE is_free AND missed = (NOT hit_free)::int
        {" ".join(_without(name) for name in hits)}
        {" ".join(_counts(facet) for facet in FACETS.values())}
    """  # noqa: S608 - names come from FACETS, every value is a parameter
    last = search.page * PER_PAGE
    return sql, [*free_params, *params, *marks, today - timedelta(days=LOAD_DAYS), today, last - PER_PAGE, last]


def _sql(queryset):
    sql, params = queryset.order_by().query.sql_with_params()
    return sql, list(params)


def _without(name):
    return f"UNION ALL SELECT 'without', '{name}', '', count(*) FROM marked WHERE missed = (NOT hit_{name})::int"  # noqa: S608


def _counts(facet):
    """The number of results each value of a facet would give, whatever of it is selected now."""
    value = f"unnest({facet.column})" if facet.many else facet.column
    counted = f"""(
        SELECT choice, count(*) AS number
        FROM (SELECT {value} AS choice FROM marked WHERE missed = (NOT hit_{facet.name})::int) every GROUP BY choice
    ) counted"""  # noqa: S608
    if not facet.terms:
        return f"UNION ALL SELECT '{facet.name}', choice, '', number FROM {counted}"  # noqa: S608
    return (
        f"UNION ALL SELECT '{facet.name}', id::text, name, coalesce(number, 0) "  # noqa: S608
        f"FROM {facet.terms} LEFT JOIN {counted} ON choice = id"
    )


def _read(search, rows):
    parts = {}
    for part, value, label, number in rows:
        parts.setdefault(part, []).append((value, label, number))
    return Found(
        asks={int(pk): int(asks) for pk, asks, _place in sorted(parts.get("page", []), key=lambda row: row[2])},
        total=parts["total"][0][2],
        page=search.page,
        counts={name: _read_counts(facet, parts.get(name, []), search.values.get(name, ())) for name, facet in FACETS.items()},
        free=parts["free"][0][2],
        without={name: number for name, _label, number in parts["without"]},
        matching_text=parts["text"][0][2],
    )


def _read_counts(facet, rows, selected):
    """In the order of the choices, of terms by number; values that would give nothing only while selected."""
    if facet.terms:
        counts = [Count(int(value), label, number) for value, label, number in rows]
        counts.sort(key=lambda count: (-count.number, count.label))
    else:
        numbers = {value: number for value, _label, number in rows}
        counts = [Count(value, label, numbers.get(value, 0)) for value, label in facet.choices.items()]
    return [count for count in counts if count.number or count.value in selected]

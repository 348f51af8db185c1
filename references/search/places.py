"""One page of the results, told by the place in the order after or before which it lies."""

from dataclasses import dataclass, replace

from references.models.search_table import BITS
from references.search.bits import execute
from references.search.query import DEFAULT_ORDER, ORDERS, Search

PER_PAGE = 20
LARGEST = 2**31 - 1

# Order: the column of SearchRank that holds it. Larger comes first, of equals the smaller id.
COLUMNS = {"best": "best", "fresh": "fresh", "least_asked": "least_asked"}
HAS_BIT = f"""
    get_bit(
        (SELECT bits FROM held)[array_position((SELECT pieces FROM held), (advocate_id / {BITS})::int)],
        mod(advocate_id, {BITS})::int
    ) = 1
"""  # noqa: S608
HELD = """
    , held AS MATERIALIZED (
        SELECT array_agg(piece ORDER BY piece) AS pieces, array_agg(found ORDER BY piece) AS bits
        FROM results WHERE bit_count(found) > 0
    )
"""


@dataclass(frozen=True)
class Rows:
    rows: list[tuple[int, int, int]]  # id, asks, place in the order
    next: str = ""
    previous: str = ""


@dataclass(frozen=True)
class Page:
    column: str
    start: tuple[int, int] | None = None  # a place in the order and the id there
    backward: bool = False

    @classmethod
    def asked_for(cls, search: Search) -> "Page":
        after, before = _read(search.after), _read(search.before)
        return cls(column_of(search), after or before, backward=bool(before and not after))

    def last(self) -> "Page":
        return replace(self, start=None, backward=True)

    def read(self, statement, ids: list[int] | None) -> Rows:
        """The page, one row longer where more follows; sorted from `ids` where they are known."""
        if ids is None:
            sql, params = f"{statement.results} {HELD} {self._select(HAS_BIT)}", statement.params
        else:
            sql, params = self._select("advocate_id = ANY (%(ids)s)"), {"ids": ids}
        rows = execute(sql, params | {"place": self.start and self.start[0], "pk": self.start and self.start[1]})
        return self._cut(rows)

    def _select(self, condition):
        direction = ("ASC", "DESC") if self.backward else ("DESC", "ASC")
        return f"""
            SELECT advocate_id, asks, {self.column} FROM references_searchrank WHERE {condition} {self._beyond()}
            ORDER BY {self.column} {direction[0]}, advocate_id {direction[1]} LIMIT {PER_PAGE + 1}
        """  # noqa: S608 - the column comes from COLUMNS

    def _beyond(self):
        if self.start is None:
            return ""
        less, more = (">", "<") if self.backward else ("<", ">")
        return f"AND {self.column} {less}= %(place)s AND ({self.column} {less} %(place)s OR advocate_id {more} %(pk)s)"

    def _cut(self, rows):
        more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
        if self.backward:
            rows.reverse()
        if not rows:
            return Rows([])
        first, last = _written(rows[0]), _written(rows[-1])
        if self.backward:
            return Rows(rows, next=last if self.start else "", previous=first if more else "")
        return Rows(rows, next=last if more else "", previous=first if self.start else "")


def column_of(search: Search) -> str:
    return COLUMNS[search.order if search.order in ORDERS else DEFAULT_ORDER]


def in_order(statement) -> str:
    """SQL for the ids of all results."""
    return f"""
        {statement.results} {HELD}
        SELECT advocate_id FROM references_searchrank WHERE {HAS_BIT} ORDER BY {column_of(statement.search)} DESC, advocate_id
    """  # noqa: S608


def _written(row):
    return f"{row[2]}.{row[0]}"


def _read(cursor: str) -> tuple[int, int] | None:
    """A place as a link names it; None for anything else."""
    place, _dot, pk = cursor.partition(".")
    if not (place.isascii() and place.isdigit() and len(place) < 11 and pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return min(int(place), LARGEST), int(pk)

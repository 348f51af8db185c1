"""Whom a list of wishes describes best, from the bits: how many have which of them in common, the best first.

Each wish is a facet with the values wanted and, after them, values that are nearly as good, each with points. Everybody
falls into one class for each combination of wishes they fulfil. The classes are counted in one pass over the bits and
taken from the top until there are enough; of the last class those with the best rank. No advocate's row is read.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from advocacy.models import ActivityType, User
from references.search.bits import FREE, LISTED, execute
from references.search.finding import FEW_RESULTS, places_in
from references.search.places import HAS_BIT, HELD
from references.search.statement import NOBODY, reader_of
from references.search.upkeep import read_state, settle

AT_ONCE = 12  # classes counted in one statement: mostly the first ones hold enough


@dataclass(frozen=True)
class Grade:
    """Some values of a facet, and what they are worth."""

    facet: str
    values: Collection
    points: float


@dataclass(frozen=True)
class Nearest:
    wishes: Sequence[Sequence[Grade]]
    required: Mapping[str, str]  # facet, or "free": the one value they must have

    def read(self, size: int) -> list[int]:
        """The ids of the `size` best, in no order."""
        full, room = [], size
        for one, count in self._counted():
            if count > room:
                ids = self._ids(full)
                return ids + self._best(one, count, size - len(ids))
            full, room = [*full, one], room - count
        return self._ids(full)

    def _counted(self) -> Iterator[tuple["Class", int]]:
        """The classes that hold anybody, from the top, until everybody has been met; counted some at a time."""
        classes = sorted(self._classes(), key=lambda one: -one.points)
        left = None
        for start in range(0, len(classes), AT_ONCE):
            some = classes[start : start + AT_ONCE]
            everybody, *counts = self._counts([Class(0, "listed"), *some])
            left = (everybody if left is None else left) - sum(counts)
            yield from ((one, count) for one, count in zip(some, counts, strict=True) if count)
            if not left:
                return

    def _classes(self):
        tables = self._grades
        for picked in product(*([*range(len(grades)), None] for grades in self.wishes)):
            names, points = [], 0.0
            for wish, grade in enumerate(picked):
                if grade is None:
                    names += [f"(~wish_{wish}_{other})" for other in range(len(self.wishes[wish]))]
                else:
                    names.append(f"wish_{wish}_{grade}")
                    points += tables[wish, grade].points
            yield Class(points, " & ".join(["listed", *names]))

    @property
    def _grades(self):
        return {(wish, number): grade for wish, grades in enumerate(self.wishes) for number, grade in enumerate(grades)}

    @property
    def _params(self):
        wished = {
            f"wish_{wish}_{number}": [str(value) for value in grade.values] for (wish, number), grade in self._grades.items()
        }
        return wished | {f"of_{name}": value for name, value in self.required.items()}

    @property
    def _pieces(self):
        """WITH pieces (piece, listed, wish_...): `listed` are those who may be found and have what is required."""
        tables = {f"of_{name}": f"facet = '{name}' AND value = %(of_{name})s" for name in self.required}
        tables |= {
            f"wish_{wish}_{number}": f"facet = '{grade.facet}' AND value = ANY (%(wish_{wish}_{number})s)"
            for (wish, number), grade in self._grades.items()
        }
        ctes = "".join(
            f", {name} AS MATERIALIZED (SELECT piece, bit_or(bits) AS bits FROM references_searchbits WHERE {condition} GROUP BY piece)"  # noqa: S608
            for name, condition in tables.items()
        )
        columns = "".join(f", coalesce({name}.bits, {NOBODY}) AS {name}" for name in tables if name.startswith("wish"))
        required = "".join(f" & coalesce({name}.bits, {NOBODY})" for name in tables if name.startswith("of"))
        return f"""
            WITH everybody AS (SELECT piece, bits FROM references_searchbits WHERE facet = '{LISTED}') {ctes},
            pieces AS MATERIALIZED (
                SELECT piece, everybody.bits{required} AS listed{columns}
                FROM everybody {" ".join(f"LEFT JOIN {name} USING (piece)" for name in tables)}
            )
        """  # noqa: S608 - names come from FACETS, every value is a parameter

    def _counts(self, classes) -> Iterable[int]:
        sums = ", ".join(f"coalesce(sum(bit_count({one.bits})), 0)::bigint" for one in classes)
        return execute(f"{self._pieces} SELECT {sums} FROM pieces", self._params)[0]  # noqa: S608

    def _ids(self, classes) -> list[int]:
        if not classes:
            return []
        found = " | ".join(f"({one.bits})" for one in classes)
        sql = f"{self._pieces} SELECT piece, ({found})::text FROM pieces WHERE bit_count({found}) > 0"  # noqa: S608
        return [pk for piece, bits in execute(sql, self._params) for pk in places_in(piece, bits)]

    def _best(self, one, count, size):
        """Those of the best rank; a large class is met again and again on the way down the order, a small one is sorted."""
        if count <= FEW_RESULTS:
            sql, params = (
                "SELECT advocate_id FROM references_searchrank WHERE advocate_id = ANY (%(ids)s)",
                {"ids": self._ids([one])},
            )
        else:
            results = f"{self._pieces}, results AS MATERIALIZED (SELECT piece, {one.bits} AS found FROM pieces) {HELD}"  # noqa: S608
            sql, params = f"{results} SELECT advocate_id FROM references_searchrank WHERE {HAS_BIT}", self._params  # noqa: S608
        rows = execute(f"{sql} ORDER BY best DESC, advocate_id LIMIT %(size)s", params | {"size": size})
        return [pk for (pk,) in rows]


@dataclass(frozen=True)
class Class:
    points: float
    bits: str  # SQL for the bits of those in it


def nearest_ids(
    wishes: Iterable[Sequence[Grade]],
    user: User,
    activity_type: ActivityType,
    now: datetime,
    *,
    size: int,
    is_willing: bool = False,
    is_free: bool = False,
    settles: bool = True,
) -> list[int] | None:
    """The ids of those who fit best of all whom `user` may find.

    None for a reader who may find only own accounts', and where the bits that are needed were never made.
    """
    state = settle(activity_type, now) if settles else read_state(now)
    is_made = state.day is not None and (not is_free or str(activity_type.pk) in state.free)
    if not is_made or not reader_of(user).searches_all:
        return None
    required = {"willing": str(activity_type.pk)} if is_willing else {}
    required |= {FREE: str(activity_type.pk)} if is_free else {}
    return Nearest(list(wishes), required).read(size)

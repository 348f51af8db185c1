"""Advocates by segment: free now, resting, stale. Counted with the bits of the search, like its facets."""

from datetime import datetime

from advocacy.models import ActivityType
from references.demand.dimensions import Dimension
from references.search.bits import FREE, LISTED, NOBODY, STALE, execute
from references.search.upkeep import settle


def supply(
    dimensions: list[Dimension], wanted: set[tuple], activity_type: ActivityType, now: datetime
) -> dict[tuple, tuple[int, int, int]]:
    """Value of each dimension: advocates free now, resting (asked lately, or otherwise not now) and stale.

    For every combination of values, and for those `wanted` which leave one open (None): there everybody counts. Stale
    are active advocates who left the search because nobody has verified their profile. All advocates are counted: for
    readers of reports, who see every one.
    """
    settle(activity_type, now)
    found = {}
    for shape in {_shape(key) for key in wanted} | {(True,) * len(dimensions)}:
        closed = [dimension for dimension, is_closed in zip(dimensions, shape, strict=True) if is_closed]
        for row in execute(_statement(closed), {"activity": str(activity_type.pk)}):
            values = (dimension.value(value) for dimension, value in zip(closed, row, strict=False))
            key = tuple(next(values) if is_closed else None for is_closed in shape)
            if all(shape) or key in wanted:
                found[key] = row[len(closed) :]
    return found


def _shape(key):
    return tuple(value is not None for value in key)


def _statement(dimensions):
    """Each combination of values, piece by piece: the bits of who has them all, and of these who is free, resting, stale."""
    names = [f"d{number}" for number in range(len(dimensions))]
    tables = "".join(
        f"{name} AS MATERIALIZED (SELECT value, piece, bits FROM references_searchbits WHERE facet = '{dimension.name}'), "  # noqa: S608
        for name, dimension in zip(names, dimensions, strict=True)
    )
    values = "".join(f"{name}.value, " for name in names)
    among = "".join(f"{name}.bits & " for name in names)
    return f"""
        WITH {tables} everybody AS MATERIALIZED (
            SELECT piece, coalesce(bit_or(bits) FILTER (WHERE facet = '{LISTED}'), {NOBODY}) AS listed,
                coalesce(bit_or(bits) FILTER (WHERE facet = '{STALE}'), {NOBODY}) AS stale,
                coalesce(bit_or(bits) FILTER (WHERE facet = '{FREE}'), {NOBODY}) AS free
            FROM references_searchbits
            WHERE facet IN ('{LISTED}', '{STALE}') OR (facet = '{FREE}' AND value = %(activity)s) GROUP BY piece
        )
        SELECT {values} coalesce(sum(bit_count({among} listed & free)), 0)::int,
            coalesce(sum(bit_count({among} listed & ~free)), 0)::int, coalesce(sum(bit_count({among} stale)), 0)::int
        FROM everybody {" ".join(f"JOIN {name} USING (piece)" for name in names)}
        {f"GROUP BY {', '.join(f'{name}.value' for name in names)}" if names else ""}
    """  # noqa: S608 - names come from DIMENSIONS

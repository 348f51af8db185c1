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
    ctes = "".join(f"{name} AS MATERIALIZED ({sql}), " for name, sql in _steps(dimensions))
    values = "".join(f"v{number}, " for number in range(len(dimensions)))
    return f"""
        WITH {ctes} everybody AS MATERIALIZED (
            SELECT piece, listed & free AS free, listed & ~free AS resting, stale FROM (
                SELECT piece, coalesce(bit_or(bits) FILTER (WHERE facet = '{LISTED}'), {NOBODY}) AS listed,
                    coalesce(bit_or(bits) FILTER (WHERE facet = '{STALE}'), {NOBODY}) AS stale,
                    coalesce(bit_or(bits) FILTER (WHERE facet = '{FREE}'), {NOBODY}) AS free
                FROM references_searchbits
                WHERE facet IN ('{LISTED}', '{STALE}') OR (facet = '{FREE}' AND value = %(activity)s) GROUP BY piece
            ) every
        )
        SELECT {values} coalesce(sum(bit_count({_among(dimensions)} free)), 0)::int,
            coalesce(sum(bit_count({_among(dimensions)} resting)), 0)::int, coalesce(sum(bit_count({_among(dimensions)} stale)), 0)::int
        FROM everybody {f"JOIN c{len(dimensions) - 1} USING (piece)" if dimensions else ""}
        {f"GROUP BY {values.rstrip(', ')}" if dimensions else ""}
    """  # noqa: S608 - names come from DIMENSIONS


def _steps(dimensions):
    """One dimension after the other, so that what two have in common is worked out once for all values of the third."""
    for number, dimension in enumerate(dimensions):
        bits = f"SELECT value AS v{number}, piece, bits FROM references_searchbits WHERE facet = '{dimension.name}'"  # noqa: S608
        if not number:
            yield "c0", bits
            continue
        before = "".join(f"v{earlier}, " for earlier in range(number))
        yield f"d{number}", bits
        yield (
            f"c{number}",
            f"SELECT {before} v{number}, piece, c.bits & d.bits AS bits FROM c{number - 1} c JOIN d{number} d USING (piece)",  # noqa: S608
        )


def _among(dimensions):
    return "bits &" if dimensions else ""

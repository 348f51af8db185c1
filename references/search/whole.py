"""A whole result, for what is not read page by page."""

from collections.abc import Iterable
from datetime import datetime

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import ActivityType, User
from references.search.bits import execute
from references.search.finding import FEW_RESULTS, places_in, statement_for
from references.search.places import column_of, in_order
from references.search.query import Search
from references.search.understand import read


def ids_of(search: Search, user: User, now: datetime, *, limit: int | None) -> list[int]:
    """The first `limit` advocates, or all, a search finds for this reader, in its order.

    Few are sorted; of many the order is followed, which would take long for a few among a million.
    """
    statement = statement_for(read(search).search, user, activity_of(search), now)
    total, few = _few(statement)
    if not total:
        return []
    among = f"SELECT advocate_id FROM references_searchrank WHERE advocate_id = ANY (%(ids)s) ORDER BY {column_of(search)} DESC, advocate_id"  # noqa: S608
    sql, params = (among, {"ids": few}) if few else (in_order(statement), statement.params)
    return [pk for (pk,) in execute(f"{sql} LIMIT %(most)s", params | {"most": limit})]


def _few(statement):
    """How many are found, and who where they are few."""
    sql = f"""
        {statement.results}, total AS (SELECT coalesce(sum(bit_count(found)), 0) AS number FROM results)
        SELECT number, piece, found::text FROM total
        LEFT JOIN results ON number <= {FEW_RESULTS} AND bit_count(found) > 0
    """  # noqa: S608
    rows = execute(sql, statement.params)
    return rows[0][0], [pk for _number, piece, bits in rows if bits for pk in places_in(piece, bits)]


def activity_of(search: Search, activities: Iterable[ActivityType] = ()) -> ActivityType:
    """The activity searched for; one that is gone from the catalogue counts as the reference call."""
    by_code = {activity.code: activity for activity in activities}
    by_code = by_code or ActivityType.objects.in_bulk([search.activity, REFERENCE_CALL], field_name="code")
    return by_code.get(search.activity) or by_code[REFERENCE_CALL]

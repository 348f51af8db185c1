"""A whole result, for what is not read page by page."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import ActivityType, User
from references.search.finding import every_id
from references.search.query import Search
from references.search.understand import read


def ids_of(search: Search, user: User, now: datetime, *, limit: int) -> list[int]:
    """The first `limit` advocates a search finds for this reader, in its order."""
    return list(islice(every_id(read(search).search, user, activity_of(search), now), limit))


def activity_of(search: Search, activities: Iterable[ActivityType] = ()) -> ActivityType:
    """The activity searched for; one that is gone from the catalogue counts as the reference call."""
    by_code = {activity.code: activity for activity in activities}
    by_code = by_code or ActivityType.objects.in_bulk([search.activity, REFERENCE_CALL], field_name="code")
    return by_code.get(search.activity) or by_code[REFERENCE_CALL]

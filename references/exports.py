"""A search result as a file, for a reader: what their cards say, never an address."""

from collections.abc import Iterator
from datetime import datetime

from advocacy.models import Advocate, User
from advocacy.working_time import day_of
from outbox.services import absolute_url
from references.glance import Glance, glances_of
from references.search import Search
from references.search.whole import activity_of, ids_of

AT_MOST = 2000
AT_ONCE = 200
COLUMNS = [
    "advocate_id",
    "advocate",
    "name",
    "company",
    "title",
    "level",
    "industry",
    "region",
    "segment",
    "story",
    "availability",
    "free_again_on",
    "asks_90_days",
    "last_checked_on",
    "profile",
]


def result_rows(search: Search, user: User, now: datetime) -> Iterator[list]:
    """The first `AT_MOST`."""
    return rows_of(ids_of(search, user, now, limit=AT_MOST), search, user, now)


def rows_of(pks: list[int], search: Search, user: User, now: datetime) -> Iterator[list]:
    """Some hundred at a time, so that a long list costs little memory."""
    activity = activity_of(search)
    for start in range(0, len(pks), AT_ONCE):
        for person in glances_of(pks[start : start + AT_ONCE], user, activity, now):
            yield _row(person)


def _row(person: Glance):
    return [
        person.pk,
        person.label,
        person.name,
        person.company,
        person.title,
        person.level,
        person.industry,
        person.region,
        person.segment,
        person.headline,
        person.availability.sentence,
        "" if person.availability.is_free else person.availability.free_on,
        person.asks,
        person.verified_at and day_of(person.verified_at),
        absolute_url(Advocate(pk=person.pk).get_absolute_url()),
    ]

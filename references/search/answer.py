"""A search answered: read, run, and run again with misspelled words put right where it found nothing."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.models import ActivityType, User
from advocacy.working_time import day_of
from references.search.finding import Found, find
from references.search.query import Search
from references.search.understand import Reading, read, vocabulary
from references.search.understand.corrections import Correction, corrected


@dataclass(frozen=True)
class Answer:
    reading: Reading
    found: Found
    correction: Correction | None = None

    @property
    def is_in_vain(self) -> bool:
        """Something was wanted, and nobody fits."""
        return not (self.found.total or self.reading.search.is_blank)

    def need(self) -> dict:
        """What `services.record_need` keeps of it."""
        return {"wanted": self.reading.search.as_dict(), "query": self.reading.asked.by_itself().as_query_string()}


def answer(asked: Search, user: User, activity_type: ActivityType, now: datetime) -> Answer:
    reading = read(asked)
    found = find(reading.search, user, activity_type, now)
    if reading.search.text and not found.matching_text:
        return _put_right(reading, user, activity_type, now) or Answer(reading, found)
    return Answer(reading, found)


def _put_right(reading, user, activity_type, now):
    """Only what finds this reader somebody, if need be with one choice less: a name must not be told by offering it."""
    correction = corrected(reading, user, day_of(now), vocabulary())
    if correction is None:
        return None
    meant = read(correction.meant)
    found = find(meant.search, user, activity_type, now)
    return Answer(meant, found, correction) if found.total or any(found.without.values()) else None

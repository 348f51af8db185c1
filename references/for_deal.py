"""Everything the page of one deal shows: who fits, what does not, who is free instead, and what can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from advocacy.models import ActivityType, Advocate, User
from advocacy.working_time import day_of
from references.glance import Glance, favourites_among, glance_at, with_facts
from references.services.ranking import Ranked, nearest_to, ranked_candidates
from references.showing import Shown, shown_of
from references.sought import Sought

LISTED = 10
CONSIDERED = 100
PIECES = 8


@dataclass(frozen=True)
class Suggestion:
    person: Glance
    score: int
    fits: list[str]
    misfits: list[str]
    is_kept: bool


@dataclass(frozen=True)
class Suggestions:
    """`instead` is the next best and free where the best is not; `first_back` the first to be free where nobody is."""

    listed: list[Suggestion]
    instead: Suggestion | None
    first_back: Suggestion | None
    pieces: list[Shown]

    @property
    def best(self) -> Suggestion | None:
        return self.listed[0] if self.listed else None


def suggestions_for(sought: Sought, user: User, activity_type: ActivityType, now: datetime) -> Suggestions:
    ranked = ranked_candidates(request_or_deal=sought, user=user, activity_type=activity_type, now=now, limit=CONSIDERED)
    free = next((candidate for candidate in ranked if candidate.is_free), None)
    first_back = None if free else _first_back(ranked)
    chosen = _distinct([*ranked[:LISTED], free, first_back])
    told = _told(chosen, user, day_of(now))
    return Suggestions(
        listed=[told[candidate.advocate.pk] for candidate in ranked[:LISTED]],
        instead=told[free.advocate.pk] if free and free is not ranked[0] else None,
        first_back=told[first_back.advocate.pk] if first_back else None,
        pieces=[] if free else _pieces(nearest_to(sought, user, activity_type, now), user, day_of(now)),
    )


def _first_back(ranked: Sequence[Ranked]) -> Ranked | None:
    """The first to be free again; of two on one day the better match."""
    return min(
        (candidate for candidate in ranked if candidate.availability.free_on),
        key=lambda candidate: candidate.availability.free_on,
        default=None,
    )


def _distinct(candidates):
    return list({candidate.advocate.pk: candidate for candidate in candidates if candidate}.values())


def _told(candidates: Sequence[Ranked], user: User, on: date) -> dict[int, Suggestion]:
    pks = [candidate.advocate.pk for candidate in candidates]
    advocates = with_facts(Advocate.objects.visible_to(user)).in_bulk(pks)
    kept = favourites_among(user, pks)
    return {
        candidate.advocate.pk: Suggestion(
            person=glance_at(advocates[candidate.advocate.pk], user, candidate.availability, candidate.asks, on),
            score=candidate.score,
            fits=candidate.fits,
            misfits=candidate.misfits,
            is_kept=candidate.advocate.pk in kept,
        )
        for candidate in candidates
    }


def _pieces(pks, user, on):
    """From the best matches down, also of those who do not speak with prospects."""
    shown = shown_of(pks, user, on)
    return [piece for pk in pks for piece in shown.get(pk, [])][:PIECES]

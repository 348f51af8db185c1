"""What a customer does not want, and how often they may be asked: for whoever speaks for them, before they ask."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.models import ActivityType, Advocate, Interview
from references.glance import asks_of_late


@dataclass(frozen=True)
class Limits:
    words: str  # as said in the last interview that speaks of it; may name other companies
    asked: int  # times in 90 days
    most: int
    own_cap: int | None  # for this activity


def limits_of(advocate: Advocate, activity_type: ActivityType, now: datetime) -> Limits:
    held = advocate.interviews.filter(outcome=Interview.Outcome.HELD).exclude(limits="").order_by("-held_at", "-pk")
    answers = advocate.willingness.filter(activity_type=activity_type)
    return Limits(
        words=held.values_list("limits", flat=True).first() or "",
        asked=asks_of_late([advocate.pk], now).get(advocate.pk, 0),
        most=advocate.max_asks_per_quarter,
        own_cap=answers.values_list("cap", flat=True).first(),
    )

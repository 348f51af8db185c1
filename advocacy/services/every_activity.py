"""What one advocate may be asked for, over the whole catalogue: `availability_of` for each, read once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from advocacy import availability
from advocacy.availability import Activity, Availability
from advocacy.models import ActivityType, Advocate, Consent, Willingness
from advocacy.services.situation import activity_from, facts_of
from advocacy.working_time import day_of


def availability_by_activity(
    *, advocate: Advocate, activity_types: Iterable[ActivityType], now: datetime, on: date | None = None
) -> dict[int, Availability]:
    """By primary key of the activity, for the day `on` (today when not given); three queries however many there are."""
    activities = [activity_from(activity_type) for activity_type in activity_types]
    today = day_of(now)
    shared = facts_of([advocate.pk], _widest(activities), now, on or today)[advocate.pk]
    answers = {row.activity_type_id: row for row in Willingness.objects.filter(advocate=advocate)}
    given = Consent.objects.filter(advocate=advocate, decision=Consent.Decision.GIVEN).latest()
    shared = replace(shared, consents=dict(given.values_list("purpose", "expires_on")))
    return {
        activity.pk: availability.check(_with_answer(shared, answers.get(activity.pk)), activity, on or today, today)
        for activity in activities
    }


def _widest(activities):
    """No activity at all: asks that bear on none of the windows change no answer, so the widest is read for all."""
    windows = [activity.window_days for activity in activities]
    rests = [activity.rest_days for activity in activities]
    return Activity(pk=0, code="", name="", window_days=max(windows, default=0), rest_days=max(rests, default=0))


def _with_answer(facts, row):
    return replace(facts, answer=row.answer, own_cap=row.cap) if row else facts

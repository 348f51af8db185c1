"""Reads the facts of advocates in bulk and asks `advocacy.availability` about them."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.db import connection

from advocacy import availability
from advocacy.availability import (
    DECLINE_DAYS,
    QUARTER_DAYS,
    VERIFIED_SECTIONS,
    AccountFacts,
    Activity,
    AskFact,
    Availability,
    Facts,
)
from advocacy.eligibility import Person, Rules
from advocacy.models import Account, ActivityType, Advocate, Ask, Consent, EligibilityRules
from advocacy.working_time import day_of, start_of

READ = """
SELECT * FROM {function}(
    %(people)s::bigint[], %(activity)s, %(purpose)s, %(declined_since)s::timestamptz, %(done_after)s::date, %(now)s::timestamptz
)
"""
FEW = 30  # people; of so many the plan of the statement is kept
READ_FEW, READ_MANY = READ.format(function="advocacy_facts_of_few"), READ.format(function="advocacy_facts_of")


def availability_of(*, advocate: Advocate, activity_type: ActivityType, now: datetime, on: date | None = None) -> Availability:
    """May this advocate be asked for this activity, for the day `on` (today when not given)?"""
    return availabilities([advocate], activity_type, now, on)[advocate.pk]


def availabilities(
    advocates: Iterable[Advocate], activity_type: ActivityType, now: datetime, on: date | None = None
) -> dict[int, Availability]:
    """The availability of each advocate by primary key, in one query however many they are."""
    today = day_of(now)
    activity = activity_from(activity_type)
    situations = facts_of([advocate.pk for advocate in advocates], activity, now, on or today)
    return {pk: availability.check(facts, activity, on or today, today) for pk, facts in situations.items()}


def activity_from(activity_type: ActivityType) -> Activity:
    return Activity(
        pk=activity_type.pk,
        code=activity_type.code,
        name=activity_type.name,
        cap=activity_type.cap,
        window_days=activity_type.window_days,
        rest_days=activity_type.rest_days,
        blocks_others=activity_type.blocks_others,
        is_gift=activity_type.is_gift,
    )


def facts_of(people: list[int], activity: Activity, now: datetime, on: date) -> dict[int, Facts]:
    """By primary key of the advocate. By hand: whoever takes a place reads this under a lock that others wait for."""
    longest = max(activity.window_days, activity.rest_days, QUARTER_DAYS)
    purpose = availability.CONSENTS.get(activity.code, "")
    bounds = {
        "people": people,
        "activity": activity.pk,
        "purpose": purpose,
        "declined_since": start_of(on - timedelta(days=DECLINE_DAYS)),
        "done_after": on - timedelta(days=longest),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(READ_FEW if len(people) <= FEW else READ_MANY, bounds)
        return {row[0]: facts_from(row, purpose) for row in cursor.fetchall()}


def facts_from(row, purpose):
    (
        (_pk, status, paused_until, rests_until, max_asks, nps, nps_on),
        (answer, own_cap, consent, consent_until, checked_until),
        (*asks, declined_at),
        (account, *account_row),
    ) = row[:7], row[7:12], row[12:17], row[17:]
    return Facts(
        status=status,
        paused_until=paused_until,
        rests_until=rests_until,
        max_asks=max_asks,
        nps=nps,
        nps_on=nps_on,
        answer=answer or "",
        own_cap=own_cap,
        consents={purpose: consent_until} if consent == Consent.Decision.GIVEN else {},
        checked_until={section: day for section, day in zip(VERIFIED_SECTIONS, checked_until or (), strict=False) if day},
        asks=tuple(map(ask_from, *(column or () for column in asks))),
        declined_on=declined_at and day_of(declined_at),
        account=account and account_from(*account_row),
    )


def ask_from(activity, state, counts_on, blocks_others):
    return AskFact(
        activity=activity,
        state=state,
        counts_on=counts_on,
        in_flight=state in Ask.IN_FLIGHT,
        blocks_others=blocks_others,
    )


def account_from(
    lifecycle, customer_since, usage_active, renewal_date, open_escalation, health_score, metrics_as_of, max_asks, asks_on
):
    return AccountFacts(
        is_customer=lifecycle == Account.Lifecycle.CUSTOMER,
        customer_since=customer_since,
        usage_active=usage_active,
        renewal_date=renewal_date,
        open_escalation=open_escalation,
        health_score=health_score,
        metrics_as_of=metrics_as_of,
        max_asks=max_asks,
        asks_on=tuple(asks_on or ()),
    )


ACCOUNT_FACTS = (
    "lifecycle",
    "customer_since",
    "usage_active",
    "renewal_date",
    "open_escalation",
    "health_score",
    "metrics_as_of",
    "max_asks_per_quarter",
)


def person_from(advocate: Advocate) -> Person:
    """What bears on whether somebody may become an advocate."""
    return Person(
        nps=advocate.nps,
        nps_on=advocate.nps_on,
        relationship=advocate.relationship,
        account=advocate.account and account_from(*(getattr(advocate.account, name) for name in ACCOUNT_FACTS), ()),
    )


def current_rules() -> Rules:
    """The lines of eligibility as the advocacy team set them."""
    rules = EligibilityRules.current()
    return Rules(**{field.name: getattr(rules, field.name) for field in fields(Rules)})

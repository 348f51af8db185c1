"""Reads the facts of advocates in bulk and asks `advocacy.availability` about them."""

from collections import defaultdict
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

UNTIL = "max(leaves_on) FILTER (WHERE section = '{}')"
WORDS = f"""
SELECT person, willing.answer, willing.cap, consent.decision, consent.expires_on, checked.until
FROM unnest(%(people)s::bigint[]) AS people (person)
LEFT JOIN advocacy_willingness AS willing ON willing.advocate_id = person AND willing.activity_type_id = %(activity)s
LEFT JOIN LATERAL (
    SELECT decision, expires_on FROM advocacy_consent WHERE advocate_id = person AND purpose = %(purpose)s
    ORDER BY decided_at DESC, id DESC LIMIT 1
) AS consent ON true
LEFT JOIN (
    SELECT advocate_id, ARRAY[{", ".join(map(UNTIL.format, VERIFIED_SECTIONS))}] AS until
    FROM {{sections}}(%(people)s::bigint[]) WHERE verified_at IS NOT NULL GROUP BY 1
) AS checked ON checked.advocate_id = person
"""  # noqa: S608 - names of our own
FEW = 30  # people; the sections of so many are read by a plan that is kept
WORDS_OF_FEW, WORDS_OF_MANY = WORDS.format(sections="advocacy_sections_of_few"), WORDS.format(sections="advocacy_sections_of")


def availability_of(*, advocate: Advocate, activity_type: ActivityType, now: datetime, on: date | None = None) -> Availability:
    """May this advocate be asked for this activity, for the day `on` (today when not given)?"""
    return availabilities([advocate], activity_type, now, on)[advocate.pk]


def availabilities(
    advocates: Iterable[Advocate], activity_type: ActivityType, now: datetime, on: date | None = None
) -> dict[int, Availability]:
    """The availability of each advocate by primary key, in at most three queries however many they are."""
    advocates = list(advocates)
    today = day_of(now)
    activity = activity_from(activity_type)
    situations = facts_of(advocates, activity, now, on or today)
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


# What may speak against an ask, of these people and of their accounts.
ASKS = """
SELECT ask.advocate_id, ask.account_id, kind.id, kind.blocks_others, ask.state, ask.counts_on, ask.ended_at
FROM advocacy_ask ask JOIN advocacy_activitytype kind ON kind.id = ask.activity_type_id
WHERE (ask.advocate_id = ANY (%(people)s) OR ask.account_id = ANY (%(accounts)s)) AND (
    ask.state = 'declined' AND ask.ended_at >= %(declined_since)s
    OR ask.state = 'done' AND ask.counts_on > %(done_after)s
    OR ask.state = ANY (%(in_flight)s) AND (ask.state <> 'proposed' OR ask.held_until IS NULL OR ask.held_until > %(now)s)
)
"""


def facts_of(advocates: list[Advocate], activity: Activity, now: datetime, on: date) -> dict[int, Facts]:
    said = read_words([advocate.pk for advocate in advocates], activity)
    asks, asks_of_accounts, declined_on = read_asks(advocates, activity, now, on)
    accounts = read_accounts(advocates)
    return {
        advocate.pk: Facts(
            status=advocate.status,
            paused_until=advocate.paused_until,
            rests_until=advocate.rests_until,
            max_asks=advocate.max_asks_per_quarter,
            nps=advocate.nps,
            nps_on=advocate.nps_on,
            account=account_facts(accounts.get(advocate.account_id), asks_of_accounts),
            asks=tuple(asks[advocate.pk]),
            declined_on=declined_on.get(advocate.pk),
            **said[advocate.pk],
        )
        for advocate in advocates
    }


def read_asks(advocates, activity, now, on):
    """Asks by person, the dates of blocking ones by account, and each person's last no to a blocking one."""
    longest = max(activity.window_days, activity.rest_days, QUARTER_DAYS)
    facts = {
        "people": [advocate.pk for advocate in advocates],
        "accounts": [advocate.account_id for advocate in advocates if advocate.account_id],
        "in_flight": list(Ask.IN_FLIGHT),
        "declined_since": start_of(on - timedelta(days=DECLINE_DAYS)),
        "done_after": on - timedelta(days=longest),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(ASKS, facts)
        rows = cursor.fetchall()
    by_person, by_account, declined_on = defaultdict(list), defaultdict(list), {}
    for person, account, activity_pk, blocks, state, counts_on, ended_at in rows:
        if state == Ask.State.DECLINED:
            if blocks and ended_at:
                declined_on[person] = max(day_of(ended_at), declined_on.get(person, date.min))
            continue
        by_person[person].append(
            AskFact(
                activity=activity_pk,
                state=state,
                counts_on=counts_on,
                in_flight=state in Ask.IN_FLIGHT,
                blocks_others=blocks,
            )
        )
        if blocks and account:
            by_account[account].append(counts_on)
    return by_person, by_account, declined_on


def read_words(pks, activity):
    """What each person has said of the activity and allowed for it, and when their profile was last checked."""
    purpose = availability.CONSENTS.get(activity.code)
    with connection.cursor() as cursor:
        # By hand: whoever takes a place reads this under a lock that others wait for.
        cursor.execute(
            WORDS_OF_FEW if len(pks) <= FEW else WORDS_OF_MANY, {"people": pks, "activity": activity.pk, "purpose": purpose}
        )
        return {
            pk: {
                "answer": answer or "",
                "own_cap": own_cap,
                "consents": {purpose: until} if decision == Consent.Decision.GIVEN else {},
                "checked_until": {section: day for section, day in zip(VERIFIED_SECTIONS, checked or (), strict=False) if day},
            }
            for pk, answer, own_cap, decision, until, checked in cursor.fetchall()
        }


def read_accounts(advocates):
    """From the advocates where they have been joined, else in one query."""
    if all(Advocate.account.is_cached(advocate) for advocate in advocates if advocate.account_id):
        return {advocate.account_id: advocate.account for advocate in advocates if advocate.account_id}
    return Account.objects.in_bulk({advocate.account_id for advocate in advocates if advocate.account_id})


def person_from(advocate: Advocate) -> Person:
    """What bears on whether somebody may become an advocate."""
    return Person(
        nps=advocate.nps,
        nps_on=advocate.nps_on,
        relationship=advocate.relationship,
        account=account_facts(advocate.account, {}),
    )


def current_rules() -> Rules:
    """The lines of eligibility as the advocacy team set them."""
    rules = EligibilityRules.current()
    return Rules(**{field.name: getattr(rules, field.name) for field in fields(Rules)})


def account_facts(account, asks_of_accounts):
    return account and AccountFacts(
        is_customer=account.lifecycle == Account.Lifecycle.CUSTOMER,
        customer_since=account.customer_since,
        usage_active=account.usage_active,
        renewal_date=account.renewal_date,
        open_escalation=account.open_escalation,
        health_score=account.health_score,
        metrics_as_of=account.metrics_as_of,
        max_asks=account.max_asks_per_quarter,
        asks_on=tuple(asks_of_accounts.get(account.pk, ())),
    )

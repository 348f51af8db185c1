"""Keeps each advocate's tier as the rules say. One statement a step, so that a million advocates are no matter."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from advocacy.models import Advocate, Consent, TierRule
from advocacy.tiers import NONE, POINTS_DAYS, Ladder, Rule, Standing, ladder
from advocacy.working_time import day_of

STEP = 20_000  # advocates locked and looked at together
SOME, A_STEP = "= ANY(%(pks)s)", "BETWEEN %(first)s AND %(last)s"

# What `advocacy.tiers.Standing` holds, for some advocates. The company's own word goes before its people's.
STANDINGS = """
    WITH done AS (
        SELECT k.advocate_id,
            coalesce(sum(t.points) FILTER (WHERE k.counts_on > %(since)s), 0) AS points,
            count(*) FILTER (WHERE t.blocks_others OR t.effort_hours > 0) AS activities
        FROM advocacy_ask k JOIN advocacy_activitytype t ON t.id = k.activity_type_id
        WHERE k.state = 'done' AND k.advocate_id {which}
        GROUP BY k.advocate_id
    ), told AS (
        SELECT DISTINCT advocate_id FROM advocacy_story WHERE advocate_id {which}
    ), said AS (
        SELECT DISTINCT ON (advocate_id, purpose) advocate_id, purpose,
            decision = 'given' AND (expires_on IS NULL OR expires_on > %(on)s) AS yes
        FROM advocacy_consent
        WHERE advocate_id {which} AND purpose IN ('use_name_title', 'use_company_name')
        ORDER BY advocate_id, purpose, decided_at DESC, id DESC
    ), company_said AS (
        SELECT DISTINCT ON (account_id) account_id,
            decision = 'given' AND (expires_on IS NULL OR expires_on > %(on)s) AS yes
        FROM advocacy_consent
        WHERE account_id IN (SELECT account_id FROM advocacy_advocate WHERE id {which}) AND purpose = 'use_company_name'
        ORDER BY account_id, decided_at DESC, id DESC
    ), standing AS (
        SELECT a.id, a.tier,
            coalesce(done.points, 0) AS points,
            coalesce(done.activities, 0) AS activities,
            told.advocate_id IS NOT NULL AS has_story,
            coalesce(name.yes, false) AND coalesce(company_said.yes, company.yes, false)
                AND c.publicity_status IS DISTINCT FROM 'locked_down' AS has_public_name
        FROM advocacy_advocate a
        LEFT JOIN advocacy_account c ON c.id = a.account_id
        LEFT JOIN done ON done.advocate_id = a.id
        LEFT JOIN told ON told.advocate_id = a.id
        LEFT JOIN said AS name ON name.advocate_id = a.id AND name.purpose = 'use_name_title'
        LEFT JOIN said AS company ON company.advocate_id = a.id AND company.purpose = 'use_company_name'
        LEFT JOIN company_said ON company_said.account_id = a.account_id
        WHERE a.id {which}
    )
"""
READ = STANDINGS + "SELECT id, points, activities, has_story, has_public_name FROM standing"  # noqa: S608 - no input
# Locked in the order of the keys, so that two changes of many rows do not lock each other out.
WRITE = "".join(
    [
        STANDINGS,
        """, wrong AS (
        SELECT s.id, CASE {cases} ELSE '{none}' END AS tier FROM standing s
    ), changed AS (
        SELECT a.id, wrong.tier FROM advocacy_advocate a JOIN wrong USING (id) WHERE a.tier <> wrong.tier
        ORDER BY a.id FOR NO KEY UPDATE OF a
    )
    UPDATE advocacy_advocate a SET tier = changed.tier FROM changed WHERE a.id = changed.id
""",
    ]
)


def tier_rules() -> list[Rule]:
    """From the lowest tier to the highest."""
    return [
        Rule(
            tier=row.tier,
            label=row.get_tier_display(),
            points=row.points,
            activities=row.activities_done,
            needs_story=row.needs_story,
            needs_public_name=row.needs_public_name,
        )
        for row in TierRule.objects.all()
    ]


def ladder_of(*, advocate: Advocate, now: datetime) -> Ladder:
    """The advocate's tier by the rules, and what the next one still asks for."""
    return ladder(standings([advocate.pk], day_of(now))[advocate.pk], tier_rules())


def standings(pks: Collection[int], on: date) -> dict[int, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(READ.format(which=SOME), _days(on) | {"pks": list(pks)})
        return {
            pk: Standing(points=points, activities=activities, has_story=story, has_public_name=public)
            for pk, points, activities, story, public in cursor.fetchall()
        }


@transaction.atomic
def refresh_tiers(*, pks: Collection[int], now: datetime) -> int:
    """Give these advocates the tiers the rules say; returns how many changed."""
    return _write(SOME, {"pks": list(pks)}, now) if pks else 0


def refresh_tiers_of_consent(*, consent: Consent) -> None:
    """After a yes or no that a tier may ask for; one of a company bears on all its people."""
    if consent.purpose not in (Consent.Purpose.USE_NAME_TITLE, Consent.Purpose.USE_COMPANY_NAME):
        return
    people = Advocate.objects.filter(account=consent.account_id) if consent.account_id else None
    pks = list(people.values_list("pk", flat=True)) if people is not None else [consent.advocate_id]
    refresh_tiers(pks=pks, now=consent.decided_at)


def refresh_all_tiers(*, now: datetime) -> int:
    """Points run out and rules change: every advocate, a step at a time. Safe to run twice and side by side."""
    last = Advocate.objects.aggregate(last=Max("pk"))["last"] or 0
    return sum(_refresh_step(first, now) for first in range(1, last + 1, STEP))


@transaction.atomic
def _refresh_step(first, now):
    return _write(A_STEP, {"first": first, "last": first + STEP - 1}, now)


def _write(which, params, now):
    rules = tier_rules()
    cases, values = _cases(rules)
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(which=which, cases=cases, none=NONE), _days(day_of(now)) | params | values)
        return cursor.rowcount


def _days(on):
    return {"on": on, "since": on - timedelta(days=POINTS_DAYS)}


def _cases(rules):
    """`advocacy.tiers.ladder` as the branches of a CASE, the highest tier first; without rules nobody has one."""
    branches, values = ["WHEN false THEN ''"], {}
    for place, rule in reversed(list(enumerate(rules))):
        conditions = [f"s.points >= %(points{place})s", f"s.activities >= %(activities{place})s"]
        conditions += ["s.has_story"] if rule.needs_story else []
        conditions += ["s.has_public_name"] if rule.needs_public_name else []
        branches.append(f"WHEN {' AND '.join(conditions)} THEN %(tier{place})s")
        values |= {f"points{place}": rule.points, f"activities{place}": rule.activities, f"tier{place}": rule.tier}
    return " ".join(branches), values

"""How many profiles were verified at a moment, by section, segment and CSM: now, and at the end of each month."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from advocacy.freshness import SECTIONS
from advocacy.models import Advocate, FreshnessShare, User
from advocacy.working_time import day_of, start_of

MONTHS = 6

# As `advocacy_all_sections` has it, at the end of the day `%(day)s`: what was verified and doubted by then.
SHARES = """
WITH people AS MATERIALIZED (
    SELECT a.id, a.tier, a.created_at, c.segment, c.csm_id FROM advocacy_advocate a
    LEFT JOIN advocacy_account c ON c.id = a.account_id WHERE a.id IN ({people}) AND a.created_at < %(ends)s
), known (section, days) AS (VALUES ('contact', 180), ('role', 180), ('willingness', 180), ('story', 365)
), verified AS (
    SELECT advocate_id, section, max(verified_at) AS at FROM advocacy_verification WHERE verified_at < %(ends)s GROUP BY 1, 2
), doubted AS (
    SELECT advocate_id, section, min(raised_at) AS at FROM advocacy_profiledoubt
    WHERE raised_at < %(ends)s AND (settled_at IS NULL OR settled_at >= %(ends)s) GROUP BY 1, 2
), ended AS (
    SELECT advocate_id FROM (
        SELECT DISTINCT ON (advocate_id, purpose) advocate_id, decision, expires_on FROM advocacy_consent
        WHERE advocate_id IS NOT NULL AND decided_at < %(ends)s ORDER BY advocate_id, purpose, decided_at DESC, id DESC
    ) words WHERE decision = 'given' AND expires_on <= %(day)s GROUP BY 1
), states AS (
    SELECT k.section, p.segment, p.csm_id,
        (v.at AT TIME ZONE 'UTC')::date + coalesce(special.check_after, general.check_after, k.days) > %(day)s
            AND d.at IS NULL AS is_verified
    FROM people p CROSS JOIN known k
    LEFT JOIN verified v ON v.advocate_id = p.id AND v.section = k.section
    LEFT JOIN doubted d ON d.advocate_id = p.id AND d.section = k.section
    LEFT JOIN advocacy_freshnesspolicy general ON general.section = k.section AND general.tier = ''
    LEFT JOIN advocacy_freshnesspolicy special ON special.section = k.section AND special.tier = p.tier
    UNION ALL
    SELECT 'consent', p.segment, p.csm_id, e.advocate_id IS NULL FROM people p LEFT JOIN ended e ON e.advocate_id = p.id
)
SELECT section, coalesce(segment, ''), csm_id, count(*), count(*) FILTER (WHERE is_verified) FROM states GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Share:
    """Of `people` profiles, so many were verified."""

    section: str
    segment: str
    csm: int | None
    people: int
    verified: int


def shares_of(advocates: QuerySet[Advocate], *, day: date) -> list[Share]:
    """The shares at the end of a day, for some active advocates."""
    sql, params = advocates.order_by().values("pk").query.sql_with_params()
    names = {f"person_{number}": value for number, value in enumerate(params)}
    people = sql % tuple(f"%({name})s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(SHARES.format(people=people), {"day": day, "ends": start_of(day + timedelta(days=1)), **names})
        return [Share(*row) for row in cursor.fetchall()]


def add_up(shares: Iterable[Share], by: str) -> dict:
    """(people, verified) by an attribute of the shares."""
    total = {}
    for share in shares:
        people, verified = total.get(getattr(share, by), (0, 0))
        total[getattr(share, by)] = people + share.people, verified + share.verified
    return total


# By month -------------------------------------------------------------------------------------


def keep_shares(now: datetime) -> int:
    """Write the months that have ended and are not written yet, the earlier ones from the history of checks."""
    wanted = ended_months(day_of(now))
    known = set(FreshnessShare.objects.filter(day__in=wanted).values_list("day", flat=True).distinct())
    missing = [day for day in wanted if day not in known]
    return sum(_write(day) for day in missing)


@transaction.atomic
def _write(day):
    rows = [
        FreshnessShare(
            day=day, section=share.section, segment=share.segment, csm_id=share.csm, people=share.people, verified=share.verified
        )
        for share in shares_of(Advocate.objects.active(), day=day)
    ]
    return len(FreshnessShare.objects.bulk_create(rows, ignore_conflicts=True))


def ended_months(today: date, months: int = MONTHS) -> list[date]:
    """The last days of the months before this one, the oldest first."""
    days, day = [], today.replace(day=1)
    for _month in range(months):
        day -= timedelta(days=1)
        days.append(day)
        day = day.replace(day=1)
    return days[::-1]


def next_month(today: date) -> tuple[date, date]:
    """First and last day of the month after this one."""
    first = today.replace(day=monthrange(today.year, today.month)[1]) + timedelta(days=1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def trend(user: User, now: datetime) -> list[tuple[date, dict[str, tuple[int, int]]]]:
    """For each month that ended, the oldest first: (people, verified) by section, as far as `user` may know."""
    rows = FreshnessShare.objects.visible_to(user).filter(day__in=ended_months(day_of(now)))
    found = {}
    for day, section, people, verified in (
        rows.order_by("day").values_list("day", "section").annotate(Sum("people"), Sum("verified"))
    ):
        found.setdefault(day, dict.fromkeys(SECTIONS, (0, 0)))[section] = people, verified
    return list(found.items())

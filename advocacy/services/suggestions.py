"""Whom the system suggests as an advocate: by the lines of eligibility, each with the value behind it, a few at a time."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from advocacy import eligible
from advocacy.availability import QUARTER_DAYS
from advocacy.eligibility import Line, eligibility
from advocacy.models import Account, Advocate, Ask, Recruitment
from advocacy.services.situation import current_rules, person_from
from advocacy.workflow import move, record_beginnings
from advocacy.working_time import day_of

# A work list, not a flood: of each CSM, and of the advocacy team for accounts without one.
A_WEEK = 5
STANDING = 10
WEEK = timedelta(days=7)
LOCK = "suggestions of advocates"


def keep_suggestions_current(*, now: datetime) -> tuple[int, int]:
    """Take back what does not hold any more, then suggest anew; returns how many of each. Safe to run twice."""
    return withdraw_suggestions(now=now), suggest_advocates(now=now)


@transaction.atomic
def suggest_advocates(*, now: datetime) -> int:
    """Write the suggestions of today; of two simultaneous runs the second finds what the first wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
    rules, today = current_rules(), day_of(now)
    places = _places(now)
    rows = []
    for advocate in worth_suggesting(now):
        lines = eligibility(person_from(advocate), today, rules)
        csm = advocate.account.csm_id
        if places[csm] > 0 and all(line.holds for line in lines):
            places[csm] -= 1
            rows.append(_suggestion(advocate, lines, now))
    Recruitment.objects.bulk_create(rows)
    record_beginnings(Recruitment, [row.pk for row in rows], changed_at=now)
    return len(rows)


def worth_suggesting(now: datetime):
    """Eligible candidates nobody works on and nobody asked lately: the best few of each CSM, in one statement."""
    today = day_of(now)
    of_person = Recruitment.objects.filter(advocate=OuterRef("pk"))
    busy = of_person.filter(Q(status__in=Recruitment.OPEN) | Q(not_before__gt=today))
    asked = Ask.objects.counted().filter(advocate=OuterRef("pk"), counts_on__gt=today - timedelta(days=QUARTER_DAYS))
    best_first = [F("nps").desc(), F("relationship").desc(), F("account__health_score").desc(), F("pk").asc()]
    return (
        Advocate.objects.filter(
            eligible.conditions(today),
            status=Advocate.Status.CANDIDATE,
            account__lifecycle=Account.Lifecycle.CUSTOMER,
            account__open_escalation=False,
        )
        .filter(~Exists(busy), ~Exists(asked), Q(rests_until__isnull=True) | Q(rests_until__lte=today))
        .select_related("account")
        .annotate(place=Window(RowNumber(), partition_by=F("account__csm"), order_by=best_first))
        .filter(place__lte=A_WEEK)
        .order_by("place", "pk")
    )


def _places(now):
    """How many suggestions each CSM may still get."""
    by_system = Recruitment.objects.filter(source=Recruitment.Source.SYSTEM)
    csm = "advocate__account__csm"
    made = dict(by_system.filter(created_at__gt=now - WEEK).order_by().values_list(csm).annotate(Count("pk")))
    standing = by_system.filter(status=Recruitment.Status.SUGGESTED).order_by().values_list(csm).annotate(Count("pk"))
    places = defaultdict(lambda: A_WEEK, {pk: A_WEEK - count for pk, count in made.items()})
    for pk, count in standing:
        places[pk] = min(places[pk], STANDING - count)
    return places


def _suggestion(advocate, lines, now):
    return Recruitment(
        advocate=advocate,
        status=Recruitment.Status.SUGGESTED,
        source=Recruitment.Source.SYSTEM,
        evidence=evidence_of(advocate, lines),
        created_at=now,
    )


def evidence_of(advocate: Advocate, lines: list[Line]) -> list[dict]:
    """The lines as they stand today, each with the day its value is from, where it has one."""
    return [
        {
            "code": line.code,
            "criterion": line.criterion,
            "value": line.value,
            "holds": line.holds,
            "as_of": _iso(line.as_of),
        }
        for line in lines
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def withdraw_suggestions(*, now: datetime) -> int:
    """A suggestion whose reason is gone disappears by itself; the others get the values of today."""
    rules, today = current_rules(), day_of(now)
    standing = Recruitment.objects.filter(status=Recruitment.Status.SUGGESTED, source=Recruitment.Source.SYSTEM)
    return sum(
        _withdraw_or_refresh(recruitment, rules, today, now) for recruitment in standing.select_related("advocate__account")
    )


def _withdraw_or_refresh(recruitment, rules, today, now):
    advocate = recruitment.advocate
    lines = eligibility(person_from(advocate), today, rules)
    gone = [f"{line.criterion}: {line.told(today)}" for line in lines if not line.holds]
    if advocate.status != Advocate.Status.CANDIDATE:
        gone = [_("Not a candidate any more: %(status)s") % {"status": advocate.get_status_display()}]
    if gone:
        return move(recruitment, to=Recruitment.Status.NOT_NOW, by=None, why="; ".join(gone), changed_at=now)
    evidence = evidence_of(advocate, lines)
    if evidence != recruitment.evidence:
        recruitment.evidence = evidence
        recruitment.save(update_fields=["evidence"])
    return False

"""Who may be asked, in SQL: `advocacy.availability` for whole lists. A test holds the two equal.

Each rule is a condition on advocates. Asks are few beside advocates, so a rule about asks names
the people or accounts who are out, found once for the whole list instead of once for each row.
"""

from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Case, Count, DateField, Exists, F, Func, OuterRef, Q, Subquery, Value, When, WindowFrame
from django.db.models.expressions import RawSQL, Window
from django.db.models.lookups import Exact

from advocacy.availability import (
    CONSENTS,
    DECLINE_DAYS,
    HEALTH_FLOOR,
    METRICS_DAYS,
    NPS_DAYS,
    NPS_FLOOR,
    QUARTER_DAYS,
    RENEWAL_DAYS,
    RESTING_STATES,
    TENURE_MONTHS,
    VERIFIED_SECTIONS,
)
from advocacy.freshness import DEFAULTS
from advocacy.working_time import day_of, start_of


def conditions(activity_type, on: date, now: datetime) -> list[Q | Exists]:
    """What must all hold of an advocate who is free for an activity that counts on the day `on`."""
    today = day_of(now)
    if activity_type.is_gift:
        return [takes_part(activity_type, on), is_willing(activity_type)]
    found = [
        takes_part(activity_type, on),
        is_willing(activity_type),
        Q(rests_until__isnull=True) | Q(rests_until__lte=on),
        Q(account__isnull=True) | Q(account__in=accounts_to_ask(activity_type, on, now)),
        ~Q(nps__lt=NPS_FLOOR, nps_on__gte=today - timedelta(days=NPS_DAYS)),
        ~Q(pk__in=declined_lately(on)),
        *has_a_place(activity_type, on, now),
        ~Q(pk__in=resting(activity_type, on, now)),
    ]
    if activity_type.blocks_others:
        found += [
            ~Q(pk__in=blocking_asks(now).in_flight().values("advocate")),
            *within_own_limit(on, now),
            *allows(activity_type, on),
            *verified(today),
        ]
    return found


def takes_part(activity_type, on):
    back = Q(status="paused", paused_until__lte=on)
    return Q(status="active") | back | (Q(status="candidate") if activity_type.is_gift else Q())


def is_willing(activity_type):
    answers = rows("Willingness").filter(advocate=OuterRef("pk"), activity_type=activity_type)
    return Exists(answers.exclude(answer="no")) if activity_type.blocks_others else ~Exists(answers.filter(answer="no"))


def accounts_to_ask(activity_type, on, now):
    accounts = (
        rows("Account")
        .alias(tenured_on=three_months_after("customer_since"))
        .filter(Q(customer_since__isnull=True) | Q(tenured_on__lte=on), lifecycle="customer", open_escalation=False)
        .exclude(usage_active=False)
        .exclude(renewal_date__range=(on, on + timedelta(days=RENEWAL_DAYS)))
        .exclude(health_score__lt=HEALTH_FLOOR, metrics_as_of__gte=day_of(now) - timedelta(days=METRICS_DAYS))
    )
    if not activity_type.blocks_others:
        return accounts
    asks = blocking_asks(now).filter(account__isnull=False)
    full = full_windows(asks, "account", on, QUARTER_DAYS, F("account__max_asks_per_quarter"))
    return accounts.exclude(max_asks_per_quarter=0).exclude(pk__in=full)


def three_months_after(field):
    return Func(F(field), template=f"(%(expressions)s + interval '{TENURE_MONTHS} months')::date", output_field=DateField())


def declined_lately(on):
    since = start_of(on - timedelta(days=DECLINE_DAYS - 1))
    return rows("Ask").filter(state="declined", ended_at__gte=since, activity_type__blocks_others=True).values("advocate")


def resting(activity_type, on, now):
    asks = rows("Ask").standing(now).filter(activity_type=activity_type, state__in=RESTING_STATES)
    return near(asks, on, activity_type.rest_days).values("advocate")


def has_a_place(activity_type, on, now):
    """Below the activity's cap and the person's own."""
    own = rows("Willingness").filter(activity_type=activity_type, cap__isnull=False)
    asks = rows("Ask").standing(now).filter(activity_type=activity_type)
    own_cap = Subquery(own.filter(advocate=OuterRef("advocate")).values("cap"))
    # Few have a limit of their own, so it is looked up for those alone.
    of_those = asks.filter(advocate__in=own.values("advocate"))
    found = [
        ~Q(pk__in=own.filter(cap=0).values("advocate")),
        ~Q(pk__in=full_windows(of_those, "advocate", on, activity_type.window_days, own_cap)),
    ]
    if activity_type.cap == 0:
        found.append(Q(pk__isnull=True))
    elif activity_type.cap is not None:
        found.append(~Q(pk__in=full_windows(asks, "advocate", on, activity_type.window_days, Value(activity_type.cap))))
    return found


def within_own_limit(on, now):
    full = full_windows(blocking_asks(now), "advocate", on, QUARTER_DAYS, F("advocate__max_asks_per_quarter"))
    return [~Q(max_asks_per_quarter=0), ~Q(pk__in=full)]


def allows(activity_type, on):
    purpose = CONSENTS.get(activity_type.code)
    if purpose is None:
        return []
    unexpired = Q(expires_on__isnull=True) | Q(expires_on__gt=on)
    words = rows("Consent").filter(advocate=OuterRef("pk"), purpose=purpose).order_by("-decided_at", "-pk")
    last_word = words.annotate(in_force=Case(When(unexpired, decision="given", then=True), default=False)).values("in_force")
    return [Q(Exact(Subquery(last_word[:1]), True))]


# As `freshness` has it: a check counts until the grace is over, or until that of an open doubt is.
CHECKED = """
SELECT v.advocate_id FROM advocacy_verification v JOIN advocacy_advocate a ON a.id = v.advocate_id
LEFT JOIN advocacy_freshnesspolicy general ON general.section = v.section AND general.tier = ''
LEFT JOIN advocacy_freshnesspolicy special ON special.section = v.section AND special.tier = a.tier
WHERE v.section = %s
    AND (v.verified_at AT TIME ZONE 'UTC')::date + coalesce(special.check_after, general.check_after, %s)
        + coalesce(special.grace, general.grace, %s) > %s
    AND NOT EXISTS (
        SELECT FROM advocacy_profiledoubt d
        WHERE d.advocate_id = v.advocate_id AND d.section = v.section AND d.settled_at IS NULL
            AND (d.raised_at AT TIME ZONE 'UTC')::date + coalesce(special.grace, general.grace, %s) <= %s
    )
"""


def verified(today):
    rules = {section: DEFAULTS[section] for section in VERIFIED_SECTIONS}
    return [
        Q(pk__in=RawSQL(CHECKED, [section, rule.check_after, rule.grace, today, rule.grace, today]))  # noqa: S611 - no input
        for section, rule in rules.items()
    ]


# Arithmetic -----------------------------------------------------------------------------------


class DaysAhead(WindowFrame):
    """The rows of so many days, this row's day the first."""

    frame_type = "RANGE"

    def window_frame_start_end(self, connection, start, end):
        return "CURRENT ROW", f"interval '{int(end)} days' FOLLOWING"


def full_windows(asks, whose, on, days, cap):
    """Those for whom `cap` asks lie in a window of so many days that holds `on`; see `availability.busiest`."""
    ahead = Window(Count("pk"), partition_by=whose, order_by="counts_on", frame=DaysAhead(end=days - 1))
    return near(asks, on, days).alias(busy=ahead).filter(busy__gte=cap).values(whose)


def near(asks, on, days):
    return asks.filter(counts_on__gt=on - timedelta(days=days), counts_on__lt=on + timedelta(days=days)).order_by()


def blocking_asks(now):
    return rows("Ask").standing(now).filter(activity_type__blocks_others=True)


def rows(model):
    # By name: the models import their querysets, which import this.
    return apps.get_model("advocacy", model).objects.all()

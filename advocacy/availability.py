"""May this person be asked for this activity on this date; if not, why, and when again?

Pure: facts in, answer out, the day as an argument. `advocacy.free` says the same in SQL for
whole lists; a test holds the two equal.

A cap counts asks by `counts_on` in rolling windows, both ways: an ask planned for next month
counts as well as one of last month. A new ask on day d is within a cap of c in windows of w days
when no w consecutive days that hold d would hold more than c asks. Such a window can be slid
forward until it starts at an ask, so only those starts are looked at.

Every dated reason ends on the first day it no longer holds. `free_on` is the first day on which
no reason holds: never a day on which another reason has begun in the meantime.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.freshness import CONTACT, METRICS_CURRENT_FOR, ROLE

QUARTER_DAYS = 90
TENURE_MONTHS = 3
RENEWAL_DAYS = 60
DECLINE_DAYS = 30
HEALTH_FLOOR = 70
NPS_FLOOR = 9
METRICS_DAYS = METRICS_CURRENT_FOR.days
NPS_DAYS = 365
VERIFIED_SECTIONS = (CONTACT, ROLE)
RESTING_STATES = ("accepted", "scheduled", "done")

# What a person must have allowed before they are asked for it again.
CONSENTS = {
    "reference-call": "reference_contact",
    "site-visit": "reference_contact",
    "testimonial-quote": "use_quote",
    "case-study": "use_quote",
    "video": "use_video",
    "press": "use_name_title",
    "speaking": "use_name_title",
    "content-co-creation": "use_name_title",
}


@dataclass(frozen=True, kw_only=True)
class Activity:
    """A row of the catalogue."""

    pk: int
    code: str
    name: str
    cap: int | None = None
    window_days: int = QUARTER_DAYS
    rest_days: int = 0
    blocks_others: bool = True
    is_gift: bool = False


@dataclass(frozen=True, kw_only=True)
class AskFact:
    """An ask that takes a place: not cancelled, declined, expired or lapsed."""

    activity: int
    state: str
    counts_on: date
    in_flight: bool
    blocks_others: bool = True


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    is_customer: bool = True
    customer_since: date | None = None
    usage_active: bool | None = None
    renewal_date: date | None = None
    open_escalation: bool = False
    health_score: int | None = None
    metrics_as_of: date | None = None
    max_asks: int = 4
    asks_on: tuple[date, ...] = ()  # the blocking asks of everyone there


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of an advocate, as far as it bears on one activity."""

    status: str
    paused_until: date | None = None
    rests_until: date | None = None  # the CSM said “not now”
    max_asks: int = 3
    nps: int | None = None
    nps_on: date | None = None
    answer: str = ""
    own_cap: int | None = None
    account: AccountFacts | None = None
    asks: tuple[AskFact, ...] = ()
    declined_on: date | None = None
    consents: Mapping[str, date | None] = field(default_factory=dict)  # purpose: expiry of the last yes
    checked_until: Mapping[str, date] = field(default_factory=dict)  # section: the day its last check counts no more


@dataclass(frozen=True)
class Reason:
    code: str
    sentence: str
    until: date | None = None


@dataclass(frozen=True)
class Availability:
    reasons: tuple[Reason, ...] = ()
    free_on: date | None = None
    ask_first: bool = False

    @property
    def is_free(self) -> bool:
        return not self.reasons

    @property
    def codes(self) -> list[str]:
        return [reason.code for reason in self.reasons]

    @property
    def sentence(self) -> str:
        if self.reasons:
            return " ".join(reason.sentence for reason in self.reasons)
        return _("Free, after a word with the CSM.") if self.ask_first else _("Free.")


def check(facts: Facts, activity: Activity, on: date, today: date) -> Availability:
    """Whether `facts` allow an ask for `activity` that counts on the day `on`."""
    reasons = reasons_on(facts, activity, on, today)
    return Availability(
        reasons=reasons,
        free_on=first_free_day(facts, activity, on, today, reasons),
        ask_first=facts.answer == "ask_first",
    )


def reasons_on(facts: Facts, activity: Activity, on: date, today: date) -> tuple[Reason, ...]:
    found = (rule(facts, activity, on, today) for rule in rules_for(activity))
    return tuple(reason for reason in found if reason)


def first_free_day(facts: Facts, activity: Activity, on: date, today: date, reasons: tuple[Reason, ...]) -> date | None:
    # Each round moves past every day a reason rules out, so the day found is the first.
    while reasons:
        ends = [reason.until for reason in reasons]
        if None in ends:
            return None
        on = max(ends)
        reasons = reasons_on(facts, activity, on, today)
    return on


# The rules, in the order a salesperson reads them --------------------------------------------


def not_taking_part(facts, activity, on, today):
    if facts.status == "retired":
        return Reason("retired", _("No longer takes part."))
    if facts.status == "candidate" and not activity.is_gift:
        return Reason("candidate", _("Not an active advocate yet."))
    if facts.status != "paused":
        return None
    if facts.paused_until is None:
        return Reason("paused", _("Paused until further notice."))
    if on < facts.paused_until:
        return Reason("paused", _("Paused until %(date)s.") % {"date": show(facts.paused_until)}, facts.paused_until)
    return None


def not_now(facts, activity, on, today):
    until = facts.rests_until
    if not until or on >= until:
        return None
    return Reason("not_now", _("Not now, says the CSM; again from %(date)s.") % {"date": show(until)}, until)


def not_willing(facts, activity, on, today):
    name = {"activity": in_a_sentence(activity.name)}
    if facts.answer == "no":
        return Reason("not_willing", _("Does not want to be asked for: %(activity)s.") % name)
    if activity.blocks_others and not facts.answer:
        return Reason("not_willing", _("Has not yet said yes to: %(activity)s.") % name)
    return None


def too_soon(facts, activity, on, today):
    account = facts.account
    if account is None:
        return None
    if not account.is_customer:
        return Reason("not_a_customer", _("The company is not a customer at present."))
    if account.usage_active is False:
        return Reason("not_using", _("The company does not use the product at present."))
    start = account.customer_since and add_months(account.customer_since, TENURE_MONTHS)
    if start and on < start:
        return Reason("too_soon", _("Too soon: a customer for three months on %(date)s.") % {"date": show(start)}, start)
    return None


def open_escalation(facts, activity, on, today):
    if facts.account and facts.account.open_escalation:
        return Reason("open_escalation", _("The company has an open escalation."))
    return None


def renewal_near(facts, activity, on, today):
    renewal = facts.account and facts.account.renewal_date
    if not renewal or not on <= renewal <= on + timedelta(days=RENEWAL_DAYS):
        return None
    until = renewal + timedelta(days=1)
    return Reason("renewal", _("The company's renewal is near; again from %(date)s.") % {"date": show(until)}, until)


def health_low(facts, activity, on, today):
    account = facts.account
    if account is None or account.health_score is None or account.health_score >= HEALTH_FLOOR:
        return None
    if account.metrics_as_of and account.metrics_as_of >= today - timedelta(days=METRICS_DAYS):
        return Reason("health", _("The company's health score is too low at present."))
    return None


def nps_low(facts, activity, on, today):
    if facts.nps is None or facts.nps >= NPS_FLOOR:
        return None
    if facts.nps_on and facts.nps_on >= today - timedelta(days=NPS_DAYS):
        return Reason("nps", _("The last survey speaks against asking at present."))
    return None


def ask_in_flight(facts, activity, on, today):
    if any(ask.in_flight and ask.blocks_others for ask in facts.asks):
        return Reason("in_flight", _("Another ask is under way."))
    return None


def cap_of_activity(facts, activity, on, today):
    caps = [cap for cap in (activity.cap, facts.own_cap) if cap is not None]
    dates = [ask.counts_on for ask in facts.asks if ask.activity == activity.pk]
    if not caps or busiest(dates, on, activity.window_days) < min(caps):
        return None
    until = place_frees(dates, on, activity.window_days, min(caps))
    name = in_a_sentence(activity.name)
    if until is None:
        return Reason("cap_activity", _("No more asks for: %(activity)s.") % {"activity": name})
    sentence = _("Asked often enough for: %(activity)s; again from %(date)s.")
    return Reason("cap_activity", sentence % {"activity": name, "date": show(until)}, until)


def cap_of_person(facts, activity, on, today):
    dates = [ask.counts_on for ask in facts.asks if ask.blocks_others]
    sentence = _("Asked often enough this quarter; again from %(date)s.")
    return over_quarter("cap_person", dates, on, facts.max_asks, sentence, _("Does not want to be asked."))


def cap_of_account(facts, activity, on, today):
    if facts.account is None:
        return None
    sentence = _("The company was asked often enough this quarter; again from %(date)s.")
    never = _("The company does not want to be asked.")
    return over_quarter("cap_account", facts.account.asks_on, on, facts.account.max_asks, sentence, never)


def over_quarter(code, dates, on, cap, sentence, never):
    if busiest(dates, on, QUARTER_DAYS) < cap:
        return None
    until = place_frees(dates, on, QUARTER_DAYS, cap)
    return Reason(code, sentence % {"date": show(until)} if until else never, until)


def resting(facts, activity, on, today):
    dates = [ask.counts_on for ask in facts.asks if ask.activity == activity.pk and ask.state in RESTING_STATES]
    until = on
    for day in sorted(dates):
        if abs((day - until).days) < activity.rest_days:
            until = day + timedelta(days=activity.rest_days)
    if until == on:
        return None
    sentence = _("Resting after the last %(activity)s until %(date)s.")
    return Reason("resting", sentence % {"activity": in_a_sentence(activity.name), "date": show(until)}, until)


def recently_declined(facts, activity, on, today):
    until = facts.declined_on and facts.declined_on + timedelta(days=DECLINE_DAYS)
    if not until or on >= until:
        return None
    return Reason("declined", _("Said no not long ago; again from %(date)s.") % {"date": show(until)}, until)


def consent_missing(facts, activity, on, today):
    purpose = CONSENTS.get(activity.code)
    if purpose is None:
        return None
    if purpose not in facts.consents:
        return Reason("consent", _("The consent for this is missing."))
    expires_on = facts.consents[purpose]
    if expires_on and expires_on <= on:
        return Reason("consent", _("The consent for this has expired by then."))
    return None


def not_verified(facts, activity, on, today):
    if all(section in facts.checked_until and facts.checked_until[section] > today for section in VERIFIED_SECTIONS):
        return None
    return Reason("not_verified", _("The profile has not been checked for a while."))


Rule = Callable[[Facts, Activity, date, date], Reason | None]

FOR_GIFTS: list[Rule] = [not_taking_part, not_willing]
FOR_ALL_ASKS: list[Rule] = [
    *FOR_GIFTS,
    not_now,
    too_soon,
    open_escalation,
    renewal_near,
    health_low,
    nps_low,
    recently_declined,
    cap_of_activity,
    resting,
]
FOR_BLOCKING_ASKS: list[Rule] = [
    *FOR_ALL_ASKS,
    ask_in_flight,
    cap_of_person,
    cap_of_account,
    consent_missing,
    not_verified,
]


def rules_for(activity: Activity) -> list[Rule]:
    if activity.is_gift:
        return FOR_GIFTS
    return FOR_BLOCKING_ASKS if activity.blocks_others else FOR_ALL_ASKS


# Arithmetic -----------------------------------------------------------------------------------


def busiest(dates: Iterable[date], on: date, days: int) -> int:
    """The most of `dates` that lie within `days` consecutive days together with the day `on`."""
    near = [day for day in dates if abs((day - on).days) < days]
    # From a start after `on` only days that also lie in the window from `on` are near: it never counts too many.
    return max((sum(0 <= (day - start).days < days for day in near) for start in near), default=0)


def place_frees(dates: Iterable[date], on: date, days: int, cap: int) -> date | None:
    """The first day after `on` with a place under `cap`: one on which an ask leaves the window; None for a cap of 0."""
    dates = list(dates)
    leaves = sorted({day + timedelta(days=days) for day in dates})
    return next((day for day in leaves if day > on and busiest(dates, day, days) < cap), None)


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def show(day: date) -> str:
    return date_format(day, "j F Y")


def in_a_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]

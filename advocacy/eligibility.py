"""May somebody become an advocate? Each line with the value behind it. Pure: values in, lines out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.availability import (
    HEALTH_FLOOR,
    METRICS_DAYS,
    NPS_DAYS,
    NPS_FLOOR,
    TENURE_MONTHS,
    AccountFacts,
    add_months,
    show,
)
from advocacy.figure_age import age_words

RAPPORT_FLOOR = 4


@dataclass(frozen=True, kw_only=True)
class Person:
    nps: int | None = None
    nps_on: date | None = None
    relationship: int | None = None
    account: AccountFacts | None = None


@dataclass(frozen=True)
class Line:
    """One criterion; `holds` is None when the value is unknown or too old to prove anything. `as_of`: the day it is from."""

    code: str
    criterion: str
    value: str
    holds: bool | None
    as_of: date | None = None
    counts_for: int = METRICS_DAYS

    def told(self, today: date) -> str:
        """The value with its age, for a sentence."""
        age = age_words(self.as_of, today, self.counts_for)
        return f"{self.value} ({age})" if age else self.value


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What each line asks for: NPS 0-10, health 0-100, tenure in months, rapport 1-5."""

    nps: int = NPS_FLOOR
    health: int = HEALTH_FLOOR
    tenure_months: int = TENURE_MONTHS
    needs_usage: bool = True
    rapport: int = RAPPORT_FLOOR


DEFAULT_RULES = Rules()


def eligibility(person: Person, today: date, rules: Rules = DEFAULT_RULES) -> list[Line]:
    account = person.account or AccountFacts()
    of_account = {"as_of": account.metrics_as_of, "days": METRICS_DAYS, "today": today}
    of_person = {"as_of": person.nps_on, "days": NPS_DAYS, "today": today}
    lines = [
        aged("nps", person.nps, lambda nps: nps >= rules.nps, need=rules.nps, **of_person),
        aged("health", account.health_score, lambda health: health >= rules.health, need=rules.health, **of_account),
        line(
            "tenure",
            account.customer_since,
            lambda since: add_months(since, rules.tenure_months) <= today,
            need=rules.tenure_months,
        ),
        aged("usage", account.usage_active, bool, **of_account),
        line("rapport", person.relationship, lambda rapport: rapport >= rules.rapport, need=rules.rapport),
    ]
    return [found for found in lines if found.code != "usage" or rules.needs_usage]


def is_eligible(person: Person, today: date, rules: Rules = DEFAULT_RULES) -> bool:
    return all(found.holds for found in eligibility(person, today, rules))


CRITERIA = {
    "nps": gettext_lazy("NPS of %(need)s or more, not older than a year"),
    "health": gettext_lazy("Health of %(need)s or more"),
    "tenure": gettext_lazy("Customer for %(need)s months or more"),
    "usage": gettext_lazy("Uses the product actively"),
    "rapport": gettext_lazy("Rapport with the CSM of %(need)s or more"),
}


def aged(
    code: str, value: Any, holds: Callable[[Any], bool], *, as_of: date | None, days: int, today: date, need: int = 0
) -> Line:
    """A line about a figure that counts for so many days."""
    found = line(code, value, holds, is_current(as_of, days, today), need)
    return found if value is None else replace(found, as_of=as_of, counts_for=days)


def line(code: str, value: Any, holds: Callable[[Any], bool], counts: bool = True, need: int = 0) -> Line:
    criterion = str(CRITERIA[code]) % {"need": need}
    if value is None:
        return Line(code, criterion, _("unknown"), None)
    if not counts:
        return Line(code, criterion, _("%(value)s, too old to count") % {"value": words(value)}, None)
    return Line(code, criterion, words(value), holds(value))


def words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("since %(date)s") % {"date": show(value)} if isinstance(value, date) else str(value)


def is_current(as_of: date | None, days: int, today: date) -> bool:
    return as_of is not None and as_of >= today - timedelta(days=days)

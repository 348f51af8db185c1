"""May somebody become an advocate? Each line with the value behind it. Pure: values in, lines out."""

from collections.abc import Callable
from dataclasses import dataclass
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

RAPPORT_FLOOR = 4


@dataclass(frozen=True, kw_only=True)
class Person:
    nps: int | None = None
    nps_on: date | None = None
    relationship: int | None = None
    account: AccountFacts | None = None


@dataclass(frozen=True)
class Line:
    """One criterion; `holds` is None when the value is unknown or too old to prove anything."""

    code: str
    criterion: str
    value: str
    holds: bool | None


def eligibility(person: Person, today: date) -> list[Line]:
    account = person.account or AccountFacts()
    figures_count = is_current(account.metrics_as_of, METRICS_DAYS, today)
    return [
        line("nps", person.nps, lambda nps: nps >= NPS_FLOOR, is_current(person.nps_on, NPS_DAYS, today)),
        line("health", account.health_score, lambda health: health >= HEALTH_FLOOR, figures_count),
        line("tenure", account.customer_since, lambda since: add_months(since, TENURE_MONTHS) <= today),
        line("usage", account.usage_active, bool, figures_count),
        line("rapport", person.relationship, lambda rapport: rapport >= RAPPORT_FLOOR),
    ]


def is_eligible(person: Person, today: date) -> bool:
    return all(found.holds for found in eligibility(person, today))


CRITERIA = {
    "nps": gettext_lazy("NPS of 9 or 10, not older than a year"),
    "health": gettext_lazy("Health of 70 or more"),
    "tenure": gettext_lazy("Customer for three months or more"),
    "usage": gettext_lazy("Uses the product actively"),
    "rapport": gettext_lazy("Rapport with the CSM of 4 or more"),
}


def line(code: str, value: Any, holds: Callable[[Any], bool], counts: bool = True) -> Line:
    if value is None:
        return Line(code, str(CRITERIA[code]), _("unknown"), None)
    if not counts:
        return Line(code, str(CRITERIA[code]), _("%(value)s, too old to count") % {"value": words(value)}, None)
    return Line(code, str(CRITERIA[code]), words(value), holds(value))


def words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("since %(date)s") % {"date": show(value)} if isinstance(value, date) else str(value)


def is_current(as_of: date | None, days: int, today: date) -> bool:
    return as_of is not None and as_of >= today - timedelta(days=days)

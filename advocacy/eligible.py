"""`advocacy.eligibility` as conditions of the database, for a million people at once. A test holds the two equal."""

from datetime import date, timedelta

from django.db.models import Q

from advocacy.availability import METRICS_DAYS, NPS_DAYS, add_months
from advocacy.eligibility import Rules


def conditions(rules: Rules, today: date) -> Q:
    """Those for whom every line of eligibility holds; what is unknown or too old proves nothing."""
    figures = Q(account__health_score__gte=rules.health, account__metrics_as_of__gte=today - timedelta(days=METRICS_DAYS))
    if rules.needs_usage:
        figures &= Q(account__usage_active=True)
    person = Q(nps__gte=rules.nps, nps_on__gte=today - timedelta(days=NPS_DAYS), relationship__gte=rules.rapport)
    return person & figures & Q(account__customer_since__lte=latest_start(rules.tenure_months, today))


def latest_start(months: int, today: date) -> date:
    """The last day on which a customer may have begun to have been one for so many months today."""
    day = add_months(today, -months) + timedelta(days=3)  # the ends of months differ by at most three days
    while add_months(day, months) > today:
        day -= timedelta(days=1)
    return day

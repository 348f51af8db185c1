"""`advocacy.eligibility` as conditions of the database, for a million people at once. A test holds the two equal."""

from datetime import date, timedelta

from django.db.models import DateField, F, Func, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThanOrEqual

from advocacy.availability import METRICS_DAYS, NPS_DAYS, add_months
from advocacy.eligibility import Rules
from advocacy.models import EligibilityRules


def conditions(rules: Rules, today: date) -> Q:
    """Those for whom every line of eligibility holds; what is unknown or too old proves nothing."""
    figures = Q(account__health_score__gte=rules.health, account__metrics_as_of__gte=today - timedelta(days=METRICS_DAYS))
    if rules.needs_usage:
        figures &= Q(account__usage_active=True)
    person = Q(nps__gte=rules.nps, nps_on__gte=today - timedelta(days=NPS_DAYS), relationship__gte=rules.rapport)
    return person & figures & Q(account__customer_since__lte=latest_start(rules.tenure_months, today))


def conditions_in_force(today: date) -> Q:
    """`conditions` with the lines as the advocacy team set them, read within the query itself."""
    figures = Q(account__health_score__gte=_line("health"), account__metrics_as_of__gte=today - timedelta(days=METRICS_DAYS))
    figures &= Q(account__usage_active=True) | Q(Exact(_line("needs_usage"), Value(False)))
    person = Q(nps__gte=_line("nps"), nps_on__gte=today - timedelta(days=NPS_DAYS), relationship__gte=_line("rapport"))
    tenure = MonthsAfter(F("account__customer_since"), _line("tenure_months"))
    return person & figures & Q(LessThanOrEqual(tenure, Value(today)))


def _line(name):
    field = EligibilityRules._meta.get_field(name)
    return Coalesce(Subquery(EligibilityRules.objects.order_by().values(name)[:1]), Value(field.default))


class MonthsAfter(Func):
    """The day so many months after a day; at the end of a shorter month its last."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def latest_start(months: int, today: date) -> date:
    """The last day on which a customer may have begun to have been one for so many months today."""
    day = add_months(today, -months) + timedelta(days=3)  # the ends of months differ by at most three days
    while add_months(day, months) > today:
        day -= timedelta(days=1)
    return day

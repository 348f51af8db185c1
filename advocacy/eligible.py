"""`advocacy.eligibility` as conditions of the database, for a million people at once. A test holds the two equal."""

from datetime import date, timedelta

from django.db.models import DateField, F, Func, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThanOrEqual

from advocacy.availability import METRICS_DAYS, NPS_DAYS
from advocacy.models import EligibilityRules


def conditions(today: date) -> Q:
    """Those for whom every line of eligibility holds, as the advocacy team set them; what is unknown or too old proves nothing.

    The lines are read within the query itself.
    """
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

"""Exact figures as people read them: two decimals on the page, nothing rounded behind it."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

from awards.scoring import as_decimal

register = template.Library()

NOTHING = "–"
HUNDREDTH = Decimal("0.01")


@register.filter
def figure(value):
    """A mean or total with two decimals."""
    return NOTHING if value is None else _shown(as_decimal(value))


@register.filter
def spread(value):
    """Width of the judges' means, and in brackets their standard deviation."""
    if value is None:
        return NOTHING
    return f"{figure(value.width)} ({_shown(value.deviation)})"


def _shown(value):
    # number_format alone cuts off instead of rounding.
    return number_format(value.quantize(HUNDREDTH), decimal_pos=2)

"""Exact figures as people read them: two decimals on the page, nothing rounded behind it."""

from django import template
from django.utils.formats import number_format

from awards.scoring import as_decimal

register = template.Library()

NOTHING = "–"


@register.filter
def figure(value):
    """A mean or total with two decimals."""
    return NOTHING if value is None else number_format(as_decimal(value), decimal_pos=2)


@register.filter
def spread(value):
    """Width of the judges' means, and in brackets their standard deviation."""
    if value is None:
        return NOTHING
    return f"{figure(value.width)} ({number_format(value.deviation, decimal_pos=2)})"

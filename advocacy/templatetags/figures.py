"""`{% figure_age day %}`: how old a figure is. One tag for every page that shows one."""

from django import template
from django.utils import timezone
from django.utils.html import format_html

from advocacy.availability import METRICS_DAYS
from advocacy.figure_age import age_words, is_too_old
from advocacy.working_time import day_of

register = template.Library()


@register.simple_tag(takes_context=True)
def figure_age(context, as_of, days=METRICS_DAYS):
    """In brackets, and to be seen from afar when the figure is too old to count."""
    if not as_of:
        return ""
    today = day_of(context.get("now") or timezone.now())
    mark = "figure-age text-danger-emphasis" if is_too_old(as_of, today, days) else "figure-age text-body-secondary"
    return format_html('<span class="{}">({})</span>', mark, age_words(as_of, today, days))

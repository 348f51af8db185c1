"""Dates of a program, in the program's own time zone, with the zone named."""

from django import template
from django.utils.html import format_html

from advocacy.walltime import in_words

register = template.Library()


@register.simple_tag
def zoned(moment, zone):
    """The program's clock; where `times.js` runs, the reader's own, with this one in the title."""
    return format_html('<time class="zoned" datetime="{}">{}</time>', moment.isoformat(), in_words(moment, zone))


@register.simple_tag(name="in_words")
def zoned_words(moment, zone):
    """The same for a mail's plain text."""
    return in_words(moment, zone)

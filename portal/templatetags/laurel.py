"""Tags every page may use: dates for people, and the demo's people."""

import zoneinfo
from datetime import UTC, date, datetime

from django import template
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.models import User
from portal.demo_people import DEMO_PEOPLE

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.simple_tag(takes_context=True)
def when(context, value):
    """`in 3 days`, `2 hours ago`; a date counts whole days. `now` in the context stands for the clock."""
    if not value:
        return ""
    zone = _zone(context)
    now = timezone.localtime(context.get("now") or timezone.now(), zone)
    if not isinstance(value, datetime):
        return _time(value, words_for_date(value, now.date()), format_date(value, "j F Y"))
    moment = timezone.localtime(value, zone)
    return _time(value.astimezone(UTC), words_for_time(moment, now), f"{format_date(moment, 'j F Y, H:i')} {moment.tzname()}")


register.simple_tag(when, takes_context=True, name="ago")


def _zone(context):
    """The reader's own, else that of the installation."""
    reader = context.get("user")
    if reader and reader.is_authenticated:
        return zoneinfo.ZoneInfo(reader.time_zone)
    return timezone.get_current_timezone()


def _time(value, words, exact):
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, words)


def words_for_date(value: date, today: date) -> str:
    days = (value - today).days
    named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return named.get(days) or _relative(abs(days), "days", past=days < 0) or format_date(value, "j M Y")


def words_for_time(value: datetime, now: datetime) -> str:
    """Both in the reader's time zone, where a day begins and ends."""
    seconds = (value - now).total_seconds()
    distance, past = abs(seconds), seconds <= 0
    if distance < MINUTE:
        return _("just now") if past else _("in a moment")
    for size, unit in [(HOUR, "minutes"), (DAY, "hours")]:
        if distance < size:
            return _relative(int(distance // (size / (60 if unit == "minutes" else 24))), unit, past=past)
    return words_for_date(value.date(), now.date())


def _relative(number, unit, *, past):
    if unit == "days" and number > 45:
        return ""
    length = {
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", number),
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "days": ngettext("%(n)s day", "%(n)s days", number),
    }[unit] % {"n": number}
    return (_("%(length)s ago") if past else _("in %(length)s")) % {"length": length}


@register.simple_tag
def demo_people():
    """Those the sign-in page of a demo offers; nobody anywhere else."""
    if not settings.DEMO:
        return []
    emails = [person.email for person in DEMO_PEOPLE]
    there = set(User.objects.filter(is_active=True, email__in=emails).values_list("email", flat=True))
    return [person for person in DEMO_PEOPLE if person.email in there]

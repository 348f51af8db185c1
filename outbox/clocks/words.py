"""How often and when a rule runs, in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def how_often(rule) -> str:
    words = _every(rule.every)
    if rule.hours is None:
        return words
    hours = {"often": words, "first": f"{rule.hours[0]:02}:00", "last": f"{rule.hours[-1] + 1:02}:00"}
    return _("%(often)s, between %(first)s and %(last)s UTC") % hours


def _every(span: timedelta) -> str:
    minutes = round(span / timedelta(minutes=1))
    if minutes < 1:
        seconds = round(span.total_seconds())
        return ngettext("every second", "every %(n)s seconds", seconds) % {"n": seconds}
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("every day", "every %(n)s days", days) % {"n": days}
    if minutes % 60 == 0:
        return ngettext("every hour", "every %(n)s hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("every minute", "every %(n)s minutes", minutes) % {"n": minutes}


def how_long(seconds: float | None) -> str:
    if seconds is None:
        return _("still running, or its worker died")
    return _("%(n)s s") % {"n": f"{seconds:.1f}"} if seconds >= 0.1 else _("less than 0.1 s")

"""How old a figure is, in the words that stand beside it wherever it is shown. Pure."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.availability import METRICS_DAYS


def is_too_old(as_of: date, today: date, days: int = METRICS_DAYS) -> bool:
    return (today - as_of).days > days


def age_words(as_of: date | None, today: date, days: int = METRICS_DAYS) -> str:
    """Such as "as of 3 May 2026, 70 days old: counts no more"; "" where nobody knows the day."""
    if as_of is None:
        return ""
    old = (today - as_of).days
    words = {"date": date_format(as_of, "j M Y"), "days": ngettext("%(n)s day", "%(n)s days", old) % {"n": old}}
    if is_too_old(as_of, today, days):
        return _("as of %(date)s, %(days)s old: counts no more") % words
    return _("as of %(date)s") % words

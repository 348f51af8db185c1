"""How old a figure is, in the words that stand beside it wherever it is shown. Pure."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.availability import METRICS_DAYS


def is_too_old(as_of: date, today: date, days: int = METRICS_DAYS) -> bool:
    return (today - as_of).days > days


def age_words(as_of: date | None, today: date, days: int = METRICS_DAYS) -> str:
    """Such as "as of 3 May 2026, 70 days old", the number once it is too old; "" where nobody knows the day."""
    if as_of is None:
        return ""
    old = (today - as_of).days
    words = {"date": date_format(as_of, "j M Y"), "days": ngettext("%(n)s day", "%(n)s days", old) % {"n": old}}
    return (_("as of %(date)s, %(days)s old") if is_too_old(as_of, today, days) else _("as of %(date)s")) % words


def age_and_worth(as_of: date | None, today: date, days: int = METRICS_DAYS) -> str:
    """The same, and whether it still counts; for places that do not say so beside it."""
    if as_of is None:
        return _("of an unknown day: counts no more")
    return age_words(as_of, today, days) + (_(": counts no more") if is_too_old(as_of, today, days) else "")

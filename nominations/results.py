"""The rows of Nomination.results in words. Pure."""

from django.utils.translation import gettext as _


def in_words(row: dict) -> str:
    """Such as "Days to settle: 9 to 2 days, 12 months"; parts nobody filled in are left out."""
    before, after, unit, period = (str(row.get(name) or "") for name in ("before", "after", "unit", "period"))
    change = _("%(before)s to %(after)s") % {"before": before, "after": after} if before and after else before or after
    words = " ".join(part for part in (change, unit) if part)
    if period:
        words = _("%(words)s, %(period)s") % {"words": words, "period": period} if words else period
    return ": ".join(part for part in (row.get("measure", ""), words) if part)

"""Whether the day somebody typed leaves enough time, in a sentence: beside the field and when the form is sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.models import User
from references.models import RequestClocks
from references.services.due import earliest_day, in_working_days
from references.services.requests import too_soon

FURTHEST = timedelta(days=366)
TIGHT_WORKING_DAYS = 2  # left for finding a time after the first answer
USUAL = timedelta(days=14)


@dataclass(frozen=True)
class Verdict:
    is_possible: bool
    sentence: str


def check_day(day: date, user: User, now: datetime) -> Verdict:
    if day < timezone.localdate(now):
        return Verdict(False, _("This day has passed."))
    if day > timezone.localdate(now) + FURTHEST:
        return Verdict(False, _("Choose a day within a year of today."))
    if day < earliest_day(now, user):
        return Verdict(False, too_soon(now, user))
    if day < in_working_days(RequestClocks.current().overall + TIGHT_WORKING_DAYS, user, now).date():
        return Verdict(True, " ".join([_("Tight, but possible."), _answer(user, now)]))
    return Verdict(True, _answer(user, now))


def _answer(user, now):
    typical = RequestClocks.current().overall
    words = ngettext(
        "You have an answer by %(day)s (typical: %(n)s working day); the rest is for finding a time.",
        "You have an answer by %(day)s (typical: %(n)s working days); the rest is for finding a time.",
        typical,
    )
    return words % {"n": typical, "day": date_format(earliest_day(now, user), "j F Y")}


def usual_day(close_date: date | None, user: User, now: datetime) -> date:
    """In two weeks, or before the deal is to close where there is time until then."""
    usual = timezone.localdate(now) + USUAL
    if close_date and earliest_day(now, user) <= close_date < usual:
        return close_date
    return max(usual, earliest_day(now, user))

"""Until when somebody's turn lasts: the editable clocks, in the working hours of whoever holds the request."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from advocacy.models import User
from advocacy.working_time import add_working_hours, day_of, hours_of_day
from references.models import RequestClocks

# The steps, by their names in RequestClocks.
APPROVAL, OVERALL, ADVOCATE_ANSWER, PICK_SLOT, DEBRIEF = "approval", "overall", "advocate_answer", "pick_slot", "debrief"
# The advocacy team sits in many places: the installation's zone and office hours count for it.
TEAM_HOURS = time(9), time(17)


def due_for(step: str, holder: User | None, now: datetime) -> datetime:
    """When `step` is due that `holder` begins at `now`; None holds for the advocacy team."""
    return in_working_days(getattr(RequestClocks.current(), step), holder, now)


def in_working_days(days: float, holder: User | None, now: datetime) -> datetime:
    """So many working days of `holder` from `now`, by the hour: at eleven in the morning, eleven on a later morning."""
    zone, starts, ends = _hours_of(holder)
    return add_working_hours(now, days * hours_of_day(starts, ends), zone, starts, ends)


def earliest_day(now: datetime, requester: User | None = None) -> date:
    """The first day by which somebody can still be found and asked."""
    return day_of(due_for(OVERALL, requester, now))


def _hours_of(holder):
    if holder is None:
        return ZoneInfo(settings.TIME_ZONE), *TEAM_HOURS
    return ZoneInfo(holder.time_zone), holder.workday_starts, holder.workday_ends

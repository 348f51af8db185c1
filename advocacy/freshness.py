"""How old the facts of a profile may get. Pure: the current time is an argument.

Everything counts in whole days of UTC, so that neither the time of day nor a change to summer time
moves a date. Source of all intervals: the design, section 10.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.working_time import day_of, start_of

CONTACT, ROLE, WILLINGNESS, STORY, CONSENT = SECTIONS = ("contact", "role", "willingness", "story", "consent")

# Days from one verification to the next check. Consent has none: it holds until its own date.
INTERVALS = {CONTACT: 180, ROLE: 180, WILLINGNESS: 180, STORY: 365}
CSM_TASK_AFTER = timedelta(days=14)
GRACE = timedelta(days=60)
METRICS_CURRENT_FOR = timedelta(days=45)

FRESH, DUE, OVERDUE_CSM, STALE = "fresh", "due", "overdue_csm", "stale"


@dataclass(frozen=True)
class Freshness:
    """Where one section stands: `due_on` is the first day of the check, `leaves_search_on` the first day out.

    Both are None for a consent without a date: it is fresh for good.
    """

    state: str
    due_on: date | None
    leaves_search_on: date | None

    @property
    def is_due(self):
        return self.state != FRESH


def freshness(
    verified_at: datetime | None,
    section: str,
    now: datetime,
    *,
    created_at: datetime | None = None,
    expires_on: date | None = None,
) -> Freshness:
    """The state of a section last verified at `verified_at`.

    A section nobody ever verified is due since `created_at` of the profile. For the section `consent`
    only `expires_on` counts: the day on which a consent stops to hold.
    """
    due_on = expires_on if section == CONSENT else _due_on(verified_at, section, created_at or now)
    if due_on is None:
        return Freshness(FRESH, None, None)
    leaves_search_on = due_on + GRACE
    return Freshness(_state(due_on, leaves_search_on, on=day_of(now)), due_on, leaves_search_on)


def verified_since(section: str, now: datetime) -> datetime:
    """A section last verified before this moment is due; for queries."""
    return start_of(day_of(now) - timedelta(days=INTERVALS[section] - 1))


def _due_on(verified_at: datetime | None, section: str, created_at: datetime) -> date:
    if verified_at is None:
        return day_of(created_at)
    return day_of(verified_at) + timedelta(days=INTERVALS[section])


def _state(due_on: date, leaves_search_on: date, *, on: date) -> str:
    if on < due_on:
        return FRESH
    if on >= leaves_search_on:
        return STALE
    return OVERDUE_CSM if on >= due_on + CSM_TASK_AFTER else DUE

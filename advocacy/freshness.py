"""How old the facts of a profile may get. Pure: the current time and the policy are arguments.

Everything counts in whole days of UTC, so that neither the time of day nor a change to summer time
moves a date. Source of the default intervals: the design, section 10. `advocacy_sections_of` (migration
0012) says the same in SQL for lists and for everybody at once; a test holds the two equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from advocacy.working_time import day_of

CONTACT, ROLE, WILLINGNESS, STORY, CONSENT = SECTIONS = ("contact", "role", "willingness", "story", "consent")
CHECKED = (CONTACT, ROLE, WILLINGNESS, STORY)  # a consent is given anew, not checked

# Days from one verification to the next check. Consent has none: it holds until its own date.
INTERVALS = {CONTACT: 180, ROLE: 180, WILLINGNESS: 180, STORY: 365}
CSM_TASK_AFTER = timedelta(days=14)
GRACE = timedelta(days=60)
METRICS_CURRENT_FOR = timedelta(days=45)

FRESH, DUE, OVERDUE_CSM, STALE = "fresh", "due", "overdue_csm", "stale"


@dataclass(frozen=True)
class Rule:
    """In days: from one check to the next, and from the day due to the task of the CSM and to the end in the search."""

    check_after: int | None
    csm_after: int = CSM_TASK_AFTER.days
    grace: int = GRACE.days


DEFAULTS = {section: Rule(INTERVALS.get(section)) for section in SECTIONS}


@dataclass(frozen=True)
class Policy:
    """The rules as the team set them, by section and tier; an empty tier is every tier."""

    rules: Mapping[tuple[str, str], Rule] = field(default_factory=dict)

    def rule(self, section: str, tier: str = "") -> Rule:
        return self.rules.get((section, tier)) or self.rules.get((section, "")) or DEFAULTS[section]


@dataclass(frozen=True)
class Freshness:
    """Where one section stands: `due_on` is the first day of the check, `csm_on` of the CSM's task, `leaves_search_on` out.

    All are None for a consent without a date: it is fresh for good.
    """

    state: str
    due_on: date | None
    csm_on: date | None
    leaves_search_on: date | None

    @property
    def is_due(self):
        return self.state != FRESH


NO_END = Freshness(FRESH, None, None, None)


def freshness(
    verified_at: datetime | None,
    section: str,
    now: datetime,
    *,
    created_at: datetime | None = None,
    expires_on: date | None = None,
    doubted_at: datetime | None = None,
    rule: Rule | None = None,
) -> Freshness:
    """The state of a section last verified at `verified_at`.

    A section nobody ever verified is due since `created_at` of the profile, one in doubt since `doubted_at` at the latest.
    For the section `consent` only `expires_on` counts: the day on which a consent stops to hold.
    """
    rule = rule or DEFAULTS[section]
    due_on = expires_on if section == CONSENT else _due_on(verified_at, doubted_at, created_at or now, rule)
    return standing(due_on, rule, on=day_of(now))


def standing(due_on: date | None, rule: Rule, *, on: date) -> Freshness:
    if due_on is None:
        return NO_END
    return at(due_on, due_on + timedelta(days=rule.csm_after), due_on + timedelta(days=rule.grace), on=on)


def at(due_on: date, csm_on: date, leaves_search_on: date, *, on: date) -> Freshness:
    """The state on a day, of a section whose days are known."""
    reached = [state for day, state in ((due_on, DUE), (csm_on, OVERDUE_CSM), (leaves_search_on, STALE)) if on >= day]
    return Freshness(reached[-1] if reached else FRESH, due_on, csm_on, leaves_search_on)


def _due_on(verified_at: datetime | None, doubted_at: datetime | None, created_at: datetime, rule: Rule) -> date:
    due_on = day_of(created_at) if verified_at is None else day_of(verified_at) + timedelta(days=rule.check_after)
    return min(due_on, day_of(doubted_at)) if doubted_at else due_on

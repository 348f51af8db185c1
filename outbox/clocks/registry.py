"""What rules there are, and when each runs. No rule, no row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Model

from outbox.models import RuleRun

EVERY = timedelta(minutes=5)
# A run that was claimed and never finished, because its worker died, is taken up again after this time.
LEASE = timedelta(minutes=15)


@dataclass(frozen=True)
class Due:
    """One occurrence of a rule: `mark` tells it from others about the same object.

    `day` is its distance in days, less than zero before the moment; `passed` are the marks missed before it, `passed_at` their moments; past
    `until` it is of no use to anybody and recorded as skipped.
    """

    about: Model
    mark: str
    due_at: datetime
    day: int = 0
    passed: tuple[str, ...] = ()
    passed_at: tuple[datetime, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True)
class Rule:
    """One reminder.

    `find(now)` yields what is due and, as far as a query can tell, not yet recorded; `act(due, now)` writes the
    mails it owes. `worth`: how long after its time it is still of use; later it is recorded as skipped. `hours`
    of the day in UTC: it runs in them alone. `asks_again`: `find` is asked once more right before a mail goes that had to
    wait; not for a rule whose `act` changes what it finds by. `to`, `distances` and `ends` are words for the page of rules.
    """

    code: str
    label: str
    distances: str
    ends: str
    find: Callable[[datetime], Iterable[Due]]
    act: Callable[[Due, datetime], object]
    to: str = ""
    every: timedelta = EVERY
    worth: timedelta = timedelta(days=7)
    hours: range | None = None
    asks_again: bool = False

    is_reminder = True


@dataclass(frozen=True)
class Chore:
    """Something kept in order by the clock that is no reminder: `run(now)` returns how much it did, or None.

    Safe to run twice. `hours` as for a rule: work of the night stands in range(2, 6).
    """

    code: str
    label: str
    run: Callable[[datetime], int | None]
    every: timedelta = EVERY
    hours: range | None = None

    is_reminder = False


_rules: dict[str, Rule | Chore] = {}


def register(*rules: Rule | Chore) -> None:
    _rules.update((rule.code, rule) for rule in rules)


def all_rules() -> list[Rule | Chore]:
    return sorted(_rules.values(), key=lambda rule: rule.code)


def rule_of(code: str) -> Rule | Chore | None:
    return _rules.get(code)


def may_run(rule: Rule | Chore, moment: datetime) -> bool:
    return rule.hours is None or moment.astimezone(UTC).hour in rule.hours


def next_run_at(rule: Rule | Chore, run: RuleRun | None, now: datetime) -> datetime | None:
    """When it runs next, `now` at the earliest; None when it is switched off."""
    if run and run.is_off:
        return None
    moment = max(now, _due_at(rule, run, now))
    while not may_run(rule, moment):
        moment = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def _due_at(rule, run, now):
    if run is None or run.started_at is None or run.started_at > now:  # a clock was set back
        return now
    return run.started_at + (rule.every if run.is_finished else min(rule.every, LEASE))

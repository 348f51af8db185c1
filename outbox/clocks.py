"""Clocks: what is due, for whom, until what ends it, and what is done about it. One registry, one run.

A rule finds what is due by a query with `now`, and says of each row which occurrence it is. The occurrence is
written with ON CONFLICT DO NOTHING in the transaction of what the rule does: two beats do it once, a missed
tick is made up by the next one, and a clock set back finds it done.

    def judges_with_open_work(now):  # rules.py of an app
        judges = Judge.objects.with_open_work().annotate(deadline=F("program__judging_closes_at"))
        return before("deadline", judges, days=[7, 3, 1], rule="judging_ends_soon", now=now)

    register(
        Rule(
            code="judging_ends_soon",
            label=_("Judges with open assignments"),
            ends=_("the judge is done, or judging closes"),
            find=judges_with_open_work,
            act=lambda due, now: emails.judging_ends_soon(due.about, due.mark, now=now),
        )
    )

After a missed tick one reminder goes out, the nearest, and those before it are recorded as skipped.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Case, CharField, Exists, F, Model, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat

from outbox.functions import Stamp
from outbox.models import Occurrence, RuleRun

logger = logging.getLogger(__name__)
State = Occurrence.State


@dataclass(frozen=True)
class Due:
    """One occurrence of a rule: `mark` tells it from others about the same object; `passed` were missed before it."""

    about: Model
    mark: str
    due_at: datetime
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One reminder.

    `find(now)` yields what is due and, as far as a query can tell, not yet recorded; `act(due, now)` writes the
    mails it owes. `worth`: how long after its time it is still of use; later it is recorded as skipped.
    `distances` and `ends` are sentences for the page of rules.
    """

    code: str
    label: str
    distances: str
    ends: str
    find: Callable[[datetime], Iterable[Due]]
    act: Callable[[Due, datetime], object]
    every: timedelta = timedelta(minutes=5)
    worth: timedelta = timedelta(days=7)


@dataclass(frozen=True)
class Chore:
    """Something kept in order by the clock that is no reminder: `run(now)` returns how much it did, or None."""

    code: str
    label: str
    run: Callable[[datetime], int | None]
    every: timedelta = timedelta(minutes=5)


_rules: dict[str, Rule | Chore] = {}


def register(*rules: Rule | Chore) -> None:
    _rules.update((rule.code, rule) for rule in rules)


def all_rules() -> list[Rule | Chore]:
    return sorted(_rules.values(), key=lambda rule: rule.code)


def rule_of(code: str) -> Rule | Chore | None:
    return _rules.get(code)


# When -----------------------------------------------------------------------------------------


def due_rules(now: datetime) -> list[Rule | Chore]:
    """The rules whose time has come: one query."""
    runs = {run.rule: run for run in RuleRun.objects.all()}
    return [rule for rule in all_rules() if _is_due(rule, runs.get(rule.code), now)]


def next_run_at(rule: Rule | Chore, run: RuleRun | None, now: datetime) -> datetime:
    if run is None or run.started_at is None or run.started_at > now:  # a clock was set back
        return now
    return run.started_at + rule.every


def _is_due(rule, run, now):
    return not (run and run.is_off) and next_run_at(rule, run, now) <= now


# Running --------------------------------------------------------------------------------------


@dataclass
class Tally:
    found: int = 0
    sent: int = 0
    skipped: int = 0
    failed: int = 0
    error: str = ""


def run(rule: Rule | Chore, now: datetime) -> Tally:
    """Do what is due. What fails for one row is undone, told, and tried again by the next run; the others go on."""
    tally, began = Tally(), time.monotonic()
    try:
        if isinstance(rule, Chore):
            tally.found = tally.sent = rule.run(now) or 0
        else:
            for due in rule.find(now):
                tally.found += 1
                _do(rule, due, now, tally)
    except Exception as error:
        logger.exception("The rule %s stopped.", rule.code)
        _failed(tally, error)
    note(rule, tally, now, seconds=time.monotonic() - began)
    return tally


def note(rule: Rule | Chore, tally: Tally, now: datetime, *, seconds: float) -> None:
    """One statement, for the page of rules and for the next tick."""
    facts = vars(tally) | {"started_at": now, "seconds": seconds}
    RuleRun.objects.bulk_create(
        [RuleRun(rule=rule.code, **facts)], update_conflicts=True, unique_fields=["rule"], update_fields=list(facts)
    )


def _do(rule, due, now, tally):
    try:
        with transaction.atomic():
            is_late = now - due.due_at > rule.worth
            state = State.SKIPPED if is_late else State.SENT
            tally.skipped += sum(_record(rule, due, mark, State.SKIPPED, now) for mark in due.passed)
            if not _record(rule, due, due.mark, state, now):
                return
            if not is_late:
                rule.act(due, now)
    except Exception as error:
        logger.exception("The rule %s failed for %s %s.", rule.code, due.about._meta.label, due.about.pk)
        _failed(tally, error)
    else:
        tally.sent += not is_late
        tally.skipped += is_late


def _failed(tally, error):
    tally.failed += 1
    tally.error = f"{type(error).__name__}: {error}"


RECORD = """
INSERT INTO outbox_occurrence (rule, content_type_id, object_id, mark, due_at, state, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def _record(rule, due, mark, state, now) -> bool:
    """Whether it was not recorded before; a simultaneous run of the same rule waits here for the end of this one."""
    kind = ContentType.objects.get_for_model(due.about)
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [rule.code, kind.pk, due.about.pk, mark, due.due_at, state, now])
        return bool(cursor.rowcount)


# Finding --------------------------------------------------------------------------------------


def unspoken(rows: QuerySet, *, rule: str, mark) -> QuerySet:
    """Those of `rows` for which this rule has not spoken of the occurrence `mark`, an expression or a text; annotated with it."""
    mark = mark if hasattr(mark, "resolve_expression") else Value(mark)
    said = Occurrence.objects.filter(
        rule=rule,
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("pk"),
        mark=OuterRef("mark"),
    )
    return rows.annotate(mark=mark).filter(~Exists(said))


def before(deadline: str, rows: QuerySet, *, days: Sequence[int], rule: str, now: datetime) -> Iterator[Due]:
    """What is due so many days before a moment each row has: the nearest of `days` that is reached, until it has passed.

    A deadline that moves is a new one and reminds anew.
    """
    days = sorted(days)
    reached = [When(**{f"{deadline}__lte": now + timedelta(days=day)}, then=Value(str(day))) for day in days]
    near = rows.filter(**{f"{deadline}__gt": now, f"{deadline}__lte": now + timedelta(days=days[-1])})
    mark = Concat(Stamp(F(deadline)), Value("-"), Case(*reached, output_field=CharField()))
    for row in unspoken(near.annotate(moment=F(deadline)), rule=rule, mark=mark):
        stamp, _dash, day = row.mark.rpartition("-")
        yield Due(
            about=row,
            mark=row.mark,
            due_at=row.moment - timedelta(days=int(day)),
            passed=tuple(f"{stamp}-{other}" for other in days if other > int(day)),
        )


def after(since: str, rows: QuerySet, *, days: Sequence[int], rule: str, now: datetime) -> Iterator[Due]:
    """What is due so many days after a moment each row has: the last of `days` that is reached."""
    days = sorted(days, reverse=True)
    reached = [When(**{f"{since}__lte": now - timedelta(days=day)}, then=Value(str(day))) for day in days]
    rows = rows.filter(**{f"{since}__lte": now - timedelta(days=days[-1])})
    mark = Concat(Stamp(F(since)), Value("+"), Case(*reached, output_field=CharField()))
    for row in unspoken(rows.annotate(moment=F(since)), rule=rule, mark=mark):
        stamp, _plus, day = row.mark.rpartition("+")
        yield Due(
            about=row,
            mark=row.mark,
            due_at=row.moment + timedelta(days=int(day)),
            passed=tuple(f"{stamp}+{other}" for other in days if other < int(day)),
        )

"""Claiming the rules whose time has come, and running them."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from outbox.clocks.registry import LEASE, Chore, Due, Rule, all_rules, may_run, rule_of
from outbox.faults import without_words
from outbox.models import Occurrence, RuleRun

logger = logging.getLogger(__name__)
# The occurrence for which mails are written just now: no rule hands it through all its functions.
_occurrence: ContextVar[int | None] = ContextVar("occurrence", default=None)
State = Occurrence.State

# Two beats at once: rows that another one has locked are being claimed, and are left to it. A last run in the
# future is that of a clock that was set back since; beats differ by seconds, which is none.
CLAIM = """
WITH due AS (SELECT * FROM unnest(%(codes)s::text[], %(waits)s::interval[]) AS due (code, every)),
new AS (
    INSERT INTO outbox_rulerun (rule, is_off, started_at, found, written, skipped, failed, error)
    SELECT code, false, %(now)s, 0, 0, 0, 0, '' FROM due
    WHERE NOT EXISTS (SELECT FROM outbox_rulerun WHERE rule = code) ORDER BY code
    ON CONFLICT DO NOTHING RETURNING rule
),
ready AS (
    SELECT run.id FROM outbox_rulerun run JOIN due ON due.code = run.rule
    WHERE NOT run.is_off AND (
        run.started_at IS NULL OR run.started_at > %(now)s + interval '1 minute' OR run.started_at <= %(now)s - due.every
        OR (run.seconds IS NULL AND run.started_at <= %(now)s - %(lease)s)
    )
    FOR UPDATE OF run SKIP LOCKED
),
again AS (
    UPDATE outbox_rulerun run SET started_at = %(now)s, seconds = NULL FROM ready WHERE run.id = ready.id RETURNING run.rule
)
SELECT rule FROM new UNION ALL SELECT rule FROM again ORDER BY rule
"""


@contextmanager
def writing_for(occurrence: int) -> Iterator[None]:
    """The mails written inside belong to this occurrence."""
    before = _occurrence.set(occurrence)
    try:
        yield
    finally:
        _occurrence.reset(before)


def current_occurrence() -> int | None:
    return _occurrence.get()


def claim(now: datetime) -> list[Rule | Chore]:
    """The rules whose time has come, each for one caller, in one statement.

    The claim only makes runs rare: run twice, a rule still speaks once.
    """
    rules = [rule for rule in all_rules() if may_run(rule, now)]
    facts = {"codes": [rule.code for rule in rules], "waits": [rule.every for rule in rules], "now": now, "lease": LEASE}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, facts)
        return [rule_of(code) for (code,) in cursor.fetchall()]


@dataclass
class Tally:
    found: int = 0
    written: int = 0
    skipped: int = 0
    failed: int = 0
    error: str = ""


def run_all(rules: Iterable[Rule | Chore], now: datetime) -> None:
    """Run them one after the other. Those that find nothing are noted together: a quiet one costs its own query alone."""
    quiet = []
    for rule in rules:
        began = time.monotonic()
        tally = _run(rule, now)
        line = _line(rule, tally, now, seconds=time.monotonic() - began)
        if tally.found or tally.failed:
            _write([line])
        else:
            quiet.append(line)
    _write(quiet)


def run(rule: Rule | Chore, now: datetime) -> Tally:
    """Do what is due. What fails for one row is undone, told, and tried again by the next run; the others go on."""
    began = time.monotonic()
    tally = _run(rule, now)
    note(rule, tally, now, seconds=time.monotonic() - began)
    return tally


def note(rule: Rule | Chore, tally: Tally, now: datetime, *, seconds: float) -> None:
    """One statement, for the page of rules and for the next tick."""
    _write([_line(rule, tally, now, seconds=seconds)])


def _line(rule, tally, now, *, seconds):
    return RuleRun(rule=rule.code, started_at=now, seconds=seconds, **vars(tally))


def _write(lines):
    fields = ["started_at", "seconds", *vars(Tally())]
    lines.sort(key=lambda line: line.rule)  # two writers of several rows wait for each other in one order
    RuleRun.objects.bulk_create(lines, update_conflicts=True, unique_fields=["rule"], update_fields=fields)


def _run(rule, now):
    tally = Tally()
    try:
        with pghistory.context(rule=rule.code):
            _work(rule, now, tally)
    except Exception as error:
        logger.error("The rule %s stopped.", rule.code, exc_info=without_words(error))
        _failed(tally, error)
    return tally


def _work(rule, now, tally):
    if isinstance(rule, Chore):
        tally.found = tally.written = rule.run(now) or 0
        return
    for due in rule.find(now):
        tally.found += 1
        _do(rule, due, now, tally)


def _do(rule, due, now, tally):
    state = State.SKIPPED if _is_late(rule, due, now) else State.WRITTEN
    try:
        with transaction.atomic():
            missed = zip_longest(due.passed, due.passed_at, fillvalue=due.due_at)
            skipped = sum(bool(_record(rule, due.about, mark, at, State.SKIPPED, now)) for mark, at in missed)
            occurrence = _record(rule, due.about, due.mark, due.due_at, state, now)
            if not occurrence:
                return
            if state == State.WRITTEN:
                with writing_for(occurrence):
                    rule.act(due, now)
    except Exception as error:
        told = without_words(error)
        logger.error("The rule %s failed for %s %s.", rule.code, due.about._meta.label, due.about.pk, exc_info=told)
        _failed(tally, error)
    else:
        tally.written += state == State.WRITTEN
        tally.skipped += skipped + (state == State.SKIPPED)


def _is_late(rule: Rule, due: Due, now: datetime) -> bool:
    return now - due.due_at > rule.worth or (due.until is not None and now >= due.until)


def _failed(tally, error):
    tally.failed += 1
    tally.error = f"{type(error).__name__}: {error}"


RECORD = """
INSERT INTO outbox_occurrence (rule, content_type_id, object_id, mark, due_at, state, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
"""


def _record(rule, about, mark, due_at, state, now) -> int | None:
    """Its key; None where it was recorded before. A simultaneous run of the same rule waits here for the end of this one."""
    kind = ContentType.objects.get_for_model(about)
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [rule.code, kind.pk, about.pk, mark, due_at, state, now])
        return next(iter(cursor.fetchall()), (None,))[0]

"""Three beats over a month with both changes to winter time: each reminder that is due goes out exactly once.

Every beat runs every rule at every step, without asking whose turn it is, on a connection of its own and all three at
the same moment. One of them is down for a day, all of them for another; one lags, and for a night its clock stands an
hour back; once the clocks of all are set back an hour.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock

from django.db import connection, transaction

from bench.clock_world import DAY, ENDS, STARTS, World
from config.celery import app
from outbox import clocks
from outbox.clocks.registry import may_run
from outbox.models import Message, Occurrence

BEATS = 3
PATIENCE = 300
LAGS = (timedelta(0), timedelta(seconds=2), timedelta(seconds=9))
ONE_DOWN = datetime(2026, 10, 28, tzinfo=UTC)
ALL_DOWN = datetime(2026, 10, 30, tzinfo=UTC)
SET_BACK = datetime(2026, 10, 25, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNIQUE = "a_rule_speaks_once"


@dataclass
class Outcome:
    """What was owed by the world's own reckoning, and what the clocks did."""

    owed: Counter
    written: Counter
    acts: Counter
    skipped: int
    failed: list[str] = field(default_factory=list)

    @property
    def missed(self) -> int:
        return (self.owed - self.written).total()

    @property
    def unasked(self) -> int:
        """Mails of the kinds that were reckoned, beyond what was owed."""
        return (self.written - self.owed).total()

    @property
    def twice(self) -> int:
        """Occurrences that were acted on again, whatever the key of their mail caught."""
        return sum(number - 1 for number in self.acts.values())


def moments(starts: datetime = STARTS, ends: datetime = ENDS, step: timedelta = HOUR) -> list[datetime]:
    """The steps of all beats; at the change in Berlin an hour is lived twice."""
    steps = [starts + number * step for number in range(int((ends - starts) / step) + 1)]
    return [moment for each in steps for moment in ([each, each - HOUR, each] if SET_BACK < each <= SET_BACK + step else [each])]


def awake(steps: list[datetime]) -> list[datetime]:
    """When some beat runs."""
    return sorted({moment for moment in steps if not _is_day(moment, ALL_DOWN)})


def run(world: World, steps: list[datetime]) -> Outcome:
    acts, failed, lock = Counter(), [], Lock()
    happens, line = iter(world.happens), Barrier(BEATS)
    rules = [_counted(rule, acts, lock) for rule in clocks.all_rules()]
    live = _live(happens)

    def beat(number: int) -> None:
        try:
            for moment in steps:
                line.wait(PATIENCE)
                if number == 0:
                    live(moment)
                line.wait(PATIENCE)
                if now := _clock(number, moment):
                    failed.extend(_tick(rules, now))
        except BaseException:
            line.abort()
            raise
        finally:
            connection.close()

    with _no_broker(), ThreadPoolExecutor(BEATS) as threads:
        list(threads.map(beat, range(BEATS)))
    kinds = world.kinds
    written = Counter(Message.objects.filter(kind__in=kinds).values_list("kind", "recipient"))
    owed = Counter((one.kind, one.recipient) for one in world.owed)
    skipped = Occurrence.objects.filter(state=Occurrence.State.SKIPPED).count()
    return Outcome(owed, written, acts, skipped, failed)


def _live(happens: Iterator) -> Callable[[datetime], None]:
    """What happens in the world up to a moment, once."""
    waiting = list(happens)

    def live(moment: datetime) -> None:
        while waiting and waiting[0][0] <= moment:
            waiting.pop(0)[1]()

    return live


def _clock(number: int, moment: datetime) -> datetime | None:
    """What the clock of a beat says; None while it is down."""
    if _is_day(moment, ALL_DOWN) or (number == 1 and _is_day(moment, ONE_DOWN)):
        return None
    stands_back = HOUR if number == 2 and _is_day(moment, SET_BACK) else timedelta(0)
    return moment + LAGS[number] - stands_back


def _is_day(moment: datetime, day: datetime) -> bool:
    return day <= moment < day + DAY


def _tick(rules, now):
    tallies = [(rule.code, clocks.run(rule, now)) for rule in rules if may_run(rule, now)]
    return [f"{code}: {tally.error}" for code, tally in tallies if tally.failed]


def _counted(rule, acts, lock):
    """The same rule, which counts what it did when that is kept."""
    if not rule.is_reminder:
        return rule

    def act(due, now):
        rule.act(due, now)
        key = rule.code, due.about._meta.label, due.about.pk, due.mark
        transaction.on_commit(lambda: _count(acts, lock, key))

    return replace(rule, act=act)


def _count(acts, lock, key):
    with lock:
        acts[key] += 1


@contextmanager
def _no_broker():
    """Mails are written and counted; nobody is to hand them over."""
    before = app.conf.broker_url
    _queue_at("memory://")
    try:
        yield
    finally:
        _queue_at(before)


def _queue_at(url):
    app.conf.broker_url = url
    app._pool = app.amqp._producer_pool = None


@contextmanager
def repeats_allowed():
    """Without the uniqueness of occurrences, to see that it is what holds."""
    table = Occurrence._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {UNIQUE}")
    try:
        yield
    finally:
        Occurrence.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {UNIQUE} UNIQUE (rule, content_type_id, object_id, mark)")

"""Brings bits and ranks up to date with the rows.

Triggers log whose bits may be wrong (`SearchChange`); one at a time, held by an advisory lock, takes lines of the log
and writes what they say. A search settles what is new by itself, so that whoever changed something finds it with the
next request; heaps of changes, as after an import, wait for the clock.

Bits and ranks hold for a day. A small system turns to another day while somebody waits; a large one by the clock,
within seconds of midnight, except for who is free: that takes about a minute at a million advocates.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, transaction

from advocacy.models import ActivityType, Advocate
from advocacy.services import availabilities
from advocacy.working_time import day_of
from references.models import SearchRow, SearchState
from references.search.bits import FREE, FULL, KNOWN, Truth, execute, forget, of_free, of_values, of_word, of_words, write
from references.search.ranks import write_ranks

LOCK = 20_261_122
PATIENCE = "1s"  # how long a search waits for another's upkeep before it answers as things were
SMALL = 2_000  # advocates; up to here everything may be made anew while somebody waits
SLICE = 2_000  # rows made anew by one statement
LINES = 20  # of the log, each up to 1,000 advocates, in one transaction
NEW_LINES = 40  # of the log, the newest ones, that a search settles by itself
FEW = 200  # advocates whose words and facts are looked at one by one; a search settles lines as short as this
MOST_WORDS = 500  # kept
COMMON = 20_000  # advocates with a word: from here on it is kept before anybody looks for it
SECONDS = 60  # of work in one tick of the clock


@dataclass
class State:
    """What bits and ranks hold for now."""

    day: date | None = None
    as_of: datetime | None = None
    free: dict[str, str] = field(default_factory=dict)
    words: dict[str, str | None] = field(default_factory=dict)  # None while their bits have to be made again
    is_behind: bool = True

    def knows_free(self, activity_type: ActivityType) -> bool:
        return self.day is not None and self.free.get(str(activity_type.pk)) == self.day.isoformat()


def settle(activity_type: ActivityType, now: datetime) -> State:
    """Bring up to date what a search for this activity needs, as far as that is quick."""
    state = read_state(now)
    if not _wants_settling(state, activity_type, now):
        return state
    with transaction.atomic():
        if _lock(wait=PATIENCE):
            _settle(read_state(now), activity_type, now)
    return read_state(now)


def keep_current(now: datetime) -> bool:
    """What the clock does: heaps of changes, the turn of the day, who is free for each activity; whether time ran out."""
    ends = monotonic() + SECONDS
    while monotonic() < ends:
        with transaction.atomic():
            if not _lock() or not _next_step(read_state(now), now):
                return False
    return True


def rebuild_all(now: datetime) -> None:
    """Bits and ranks of everybody, from the rows."""
    with transaction.atomic():
        _lock(wait="10min")
        _make_all(now)
        for activity_type in ActivityType.objects.all():
            _make_free(read_state(now), activity_type, now)


def make_all(now: datetime) -> None:
    """Bits and ranks of everybody, from the rows; who is free, and common words, are left to the next steps."""
    with transaction.atomic():
        _lock(wait="1min")
        _make_all(now)


def catch_up(now: datetime) -> bool:
    """One step of what the clock does; False when there is none left, or somebody else is at it."""
    with transaction.atomic():
        return bool(_lock() and _next_step(read_state(now), now))


def is_behind(now: datetime) -> bool:
    """Whether the clock has anything to do."""
    state = read_state(now)
    return (
        state.is_behind
        or state.day is None
        or state.day < day_of(now)
        or None in state.words.values()
        or not all(map(state.knows_free, ActivityType.objects.all()))
    )


def read_state(now: datetime) -> State:
    rows = execute(
        """
        SELECT day, as_of, free, words, EXISTS (SELECT 1 FROM references_searchchange) OR EXISTS (
            SELECT 1 FROM advocacy_ask
            WHERE state = 'proposed' AND held_until > least(as_of, %(now)s) AND held_until <= greatest(as_of, %(now)s)
        )
        FROM references_searchstate
        """,
        {"now": now},
    )
    return State(*rows[0][:2], *map(_loaded, rows[0][2:4]), rows[0][4]) if rows else State()


def keep_word(facet: str, word: str, now: datetime) -> None:
    """Keep the bits of a word that many have, or the day of its use, unless somebody is writing bits just now."""
    with transaction.atomic():
        state = read_state(now)
        if not state.day or not _lock():
            return
        if not read_state(now).words.get(f"{facet} {word}"):
            write(of_word(facet, word))
        _save(read_state(now), words={f"{facet} {word}": day_of(now).isoformat()})


# Steps, each under the lock -------------------------------------------------------------------


def _wants_settling(state, activity_type, now):
    return state.is_behind or state.day != day_of(now) or not state.knows_free(activity_type)


def _settle(state, activity_type, now):
    is_small = _is_small()
    if state.day is None or (state.day != day_of(now) and is_small):
        if not is_small:
            return
        _make_all(now)
        state = read_state(now)
    if state.is_behind:
        _take_lines(state, now, _lines(NEW_LINES, newest=True) if not is_small else _lines())
        state = read_state(now)
    if is_small and not state.knows_free(activity_type):
        _make_free(state, activity_type, now)


def _next_step(state, now):
    """One piece of work; False when nothing is left to do."""
    if state.day is None:
        return _make_all(now)
    if state.day < day_of(now):
        return _turn_day(day_of(now))
    if lines := _lines(LINES):
        return _take_lines(state, now, lines)
    if stale := next((kind for kind in ActivityType.objects.all() if not state.knows_free(kind)), None):
        return _make_free(state, stale, now)
    if word := next((word for word, used_on in state.words.items() if used_on is None), None):
        write(of_word(*word.split(" ", 1)))
        return _save(state, words={word: state.day.isoformat()})
    if state.is_behind:
        return _take_lines(state, now, [])
    return False


def _make_all(now):
    day = day_of(now)
    due = {pk for advocates, is_due, _words in _lines() for pk in advocates or () if is_due}
    SearchState.objects.all().delete()
    SearchState.objects.create(day=day, as_of=now)
    refresh(sorted({*due, *SearchRow.objects.outdated(day).values_list("pk", flat=True)}))
    execute("SELECT set_config('work_mem', '256MB', true)")
    write(of_values(day))
    write_ranks(day)
    for facet in (FREE, KNOWN, FULL):
        forget(facet)
    if not _is_small():
        # Made one by one by the clock.
        _save(State(), words=dict.fromkeys(common_words()))
    return True


def common_words() -> list[str]:
    """Words that very many have, as far as the database's own statistics know."""
    rows = execute(
        """
        SELECT split_part(attname, '_', 1) || ' ' || quote_literal(word)::tsquery::text
        FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, share)
        WHERE tablename = 'references_searchtext' AND schemaname = current_schema() AND word IS NOT NULL
            AND share * (SELECT reltuples FROM pg_class WHERE oid = 'references_searchtext'::regclass) > %(many)s
        ORDER BY share DESC LIMIT %(most)s
        """,
        {"many": COMMON, "most": MOST_WORDS // 2},
    )
    return [word for (word,) in rows]


def _turn_day(day):
    """Let the log name everybody for whom the new day changes something."""
    execute("UPDATE references_searchstate SET day = %(day)s", {"day": day})
    execute(
        """
        SELECT references_log_search(ARRAY(SELECT advocate_id FROM references_searchrow WHERE changes_on <= %(day)s), true, false),
            references_log_search(ARRAY(SELECT advocate_id FROM references_searchrank WHERE changes_on <= %(day)s), false, false)
        """,
        {"day": day},
    )
    return True


def _lines(most=None, newest=False):
    """Lines of the log, taken off it: all of them, or the newest short ones."""
    which = "WHERE cardinality(advocates) <= %(few)s AND NOT rows_due" if newest else ""
    return execute(
        f"""
        DELETE FROM references_searchchange WHERE id IN (
            SELECT id FROM references_searchchange {which} ORDER BY id {"DESC" if newest else ""} LIMIT %(most)s
        ) RETURNING advocates, rows_due, words
        """,  # noqa: S608
        {"most": most, "few": FEW},
    )


def _take_lines(state, now, lines):
    ids = {pk for advocates, _due, _words in lines for pk in advocates or ()}
    reworded = {pk for advocates, due, words in lines for pk in advocates or () if words and not due}
    reworded |= set(refresh(sorted({pk for advocates, due, _words in lines for pk in advocates or () if due})))
    ids |= _held_until_now(state, now)
    # Who is free is found for a few by their facts, for many by asking about everybody once; the clock sees to that.
    is_heap = len(ids) > FEW or any(advocates is None for advocates, _due, _words in lines)
    if ids:
        _write(state, sorted(ids), sorted(reworded), now, knows_free=not is_heap)
    _save(state, as_of=now, free={} if is_heap else state.free, words=_unkept(state, reworded))
    return True


def _write(state, ids, reworded, now, knows_free):
    write(of_values(state.day, ids))
    write_ranks(state.day, ids)
    if knows_free:
        people = list(Advocate.objects.filter(pk__in=ids).only("pk"))
        for kind in filter(state.knows_free, ActivityType.objects.all()):
            free = [pk for pk, found in availabilities(people, kind, now, state.day).items() if found.is_free]
            write(of_free(kind.pk, ("SELECT unnest(%s::bigint[])", (free,)), ids))
    if reworded and len(reworded) <= FEW:
        write(of_words([word for word, used_on in state.words.items() if used_on], reworded))


def _unkept(state, reworded):
    """Where very many have changed their words, those kept are made again one by one."""
    if len(reworded) <= FEW:
        return state.words
    for facet in (KNOWN, FULL):
        forget(facet)
    return dict.fromkeys(state.words)


def _held_until_now(state, now):
    """Whoever has a place held that lapsed in the meantime, and their colleagues."""
    rows = execute(
        """
        WITH lapsed AS MATERIALIZED (
            SELECT advocate_id, account_id FROM advocacy_ask WHERE state = 'proposed'
                AND held_until > least(%(then)s, %(now)s) AND held_until <= greatest(%(then)s, %(now)s)
        )
        SELECT advocate_id FROM lapsed
        UNION SELECT id FROM advocacy_advocate JOIN lapsed USING (account_id)
        """,
        {"then": state.as_of, "now": now},
    )
    return {pk for (pk,) in rows}


def _make_free(state, activity_type, now):
    write(truth_of_free(activity_type, state.day, now))
    return _save(state, free=state.free | {str(activity_type.pk): state.day.isoformat()})


def truth_of_free(activity_type: ActivityType, day: date, now: datetime) -> Truth:
    free = Advocate.objects.free_for(activity_type, day, now)
    try:
        return of_free(activity_type.pk, free.order_by().values("pk").query.sql_with_params())
    except EmptyResultSet:
        return of_free(activity_type.pk, ("SELECT 0::bigint WHERE false", ()))


def refresh(pks: list[int]) -> list[int]:
    """Make these rows anew; those whose words have changed."""
    reworded = []
    for start in range(0, len(pks), SLICE):
        reworded += execute("SELECT references_refresh_search(%(ids)s)", {"ids": pks[start : start + SLICE]})[0][0]
    return reworded


# The state and its lock -----------------------------------------------------------------------


def _lock(wait=None):
    """True for the one who may write bits until the end of the transaction."""
    if execute("SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": LOCK})[0][0]:
        return True
    if wait is None:
        return False
    try:
        with transaction.atomic():
            execute("SELECT set_config('lock_timeout', %(wait)s, true)", {"wait": wait})
            execute("SELECT pg_advisory_xact_lock(%(lock)s), set_config('lock_timeout', '0', true)", {"lock": LOCK})
    except OperationalError:
        return False
    return True


def _is_small():
    return execute(f"SELECT count(*) FROM (SELECT 1 FROM references_searchrow LIMIT {SMALL + 1}) AS few")[0][0] <= SMALL  # noqa: S608


def _save(state, **values):
    """`words` are added to those kept; those used last long ago make room. `free` replaces what was known."""
    words = state.words | values.pop("words", {})
    for word in sorted(words, key=lambda word: words[word] or "")[: max(0, len(words) - MOST_WORDS)]:
        forget(*word.split(" ", 1))
        del words[word]
    SearchState.objects.update(words=words, **values)
    return True


def _loaded(value):
    return json.loads(value) if isinstance(value, str) else value

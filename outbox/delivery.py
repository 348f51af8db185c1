"""Handing mails over, each exactly once as far as anybody can know.

A worker claims a row by a conditional update, hands the mail over, and marks the row. Between the
hand-over and the mark a worker may die; such a row becomes `unknown` and waits for a person, or, where the
provider knows the mail by its key, is handed over again with the same key.
"""

import contextlib
import logging
import time
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from outbox import lines, pace, providers
from outbox.exceptions import AlreadyTaken, NoLine, Refused, TryAgain
from outbox.faults import without_words
from outbox.handover import hand_over
from outbox.models import Message
from outbox.recipients import mark_undeliverable, refusal

logger = logging.getLogger(__name__)
State = Message.State

# Pauses after each failed attempt; after the last attempt the row is failed.
PAUSES = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
]
# Longer than a task may run (CELERY_TASK_TIME_LIMIT, 10 minutes): whoever claimed the row is gone.
LOST_AFTER = timedelta(minutes=15)
# A sweep leaves the worker to others soon, and ends before whoever stops the worker loses patience and kills it in the
# middle of a hand-over (stopwaitsecs in config/supervision.py, 10 seconds).
SWEEP_SECONDS = 8
SWEEP_MAILS = 200
# How long a worker that knows what became of a mail waits for a database that is restarting.
TELL_SECONDS = 60


def deliver_due(*, now: datetime) -> int:
    """Deliver what is due and was never queued, or whose pause is over; returns how many were taken on."""
    began, taken = time.monotonic(), 0
    while taken < SWEEP_MAILS and (passed := time.monotonic() - began) < SWEEP_SECONDS:
        message = _deliver(None, now + timedelta(seconds=passed))
        taken += message is not None
        if message is None or message.found_no_line:
            break
    return taken


def is_much_due(now: datetime) -> bool:
    """Whether a second worker should help."""
    return Message.objects.claimable(now)[SWEEP_MAILS : SWEEP_MAILS + 1].exists()


def deliver(message_id: int, *, now: datetime) -> bool:
    """Claim one message, hand it over and mark it; False when it is not due or another worker has it."""
    return _deliver(message_id, now) is not None


def give_up_waiting(*, now: datetime) -> int:
    """Make `unknown` what was claimed so long ago that its worker must have died; returns how many."""
    lost = list(Message.objects.filter(state=State.IN_FLIGHT, claimed_at__lte=now - LOST_AFTER))
    return sum(_doubt(message, _("The worker stopped while handing this mail over."), now) for message in lost)


def _deliver(only: int | None, now: datetime) -> Message | None:
    message = _claim(only, now=now)
    if message is None:
        return None
    message.found_no_line = False
    try:
        reason = refusal(message, now)
    except Exception as error:
        # Not handed over, so it is tried again like what no server took.
        logger.error("Nobody could tell whether message %s may go.", message.pk, exc_info=without_words(error))
        _pause(message, error, now=now)
        return message
    if reason:
        _mark(message, State.CANCELLED, last_error=reason)
    elif message.doubtful_since and not _is_known_there(message, now):
        _mark(message, State.UNKNOWN, last_error=_("It may have been taken, and the provider cannot tell any more."))
    elif _is_still_ours(message):
        _hand_over(message, now)
    return message


def _hand_over(message: Message, now: datetime) -> None:
    try:
        provider_id = hand_over(message)
    except AlreadyTaken:
        _mark(message, State.SENT, sent_at=now, last_error="")
    except TryAgain as error:
        message.found_no_line = isinstance(error, NoLine) and lines.is_away()
        _pause(message, error, now=now)
    except Refused as error:
        _fail(message, error, now)
    except Exception as error:
        # Broken off in the middle: it may have arrived, so nobody but a person sends it again.
        _doubt(message, f"{type(error).__name__}: {error}", now)
    else:
        _mark(message, State.SENT, sent_at=now, provider_id=provider_id, last_error="")


# Claiming -------------------------------------------------------------------------------------


# By hand: a sweep claims hundreds a second, and building such a query takes longer than answering it.
LIMITS = "SELECT is_on_hold, per_minute FROM outbox_outboxsettings"
CLAIM = """
UPDATE outbox_message SET state = 'in_flight', attempts = attempts + 1, claimed_at = %(now)s,
    provider = CASE WHEN doubtful_since IS NULL THEN %(provider)s ELSE provider END
WHERE id = (
    SELECT id FROM outbox_message WHERE state = 'queued' AND not_before <= %(now)s AND NOT is_gathered {only}
    ORDER BY not_before LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING *
"""
ANY, ONE = CLAIM.format(only=""), CLAIM.format(only="AND id = %(only)s")
STILL_OURS = "SELECT 1 FROM outbox_message WHERE id = %s AND state = 'in_flight' AND attempts = %s"


def _claim(only: int | None, *, now: datetime) -> Message | None:
    """The message `only`, or the first that is due, ours from here on; passes over those that others are claiming."""
    is_on_hold, per_minute = _ask(LIMITS) or (False, None)
    if is_on_hold:
        return None
    if per_minute is None:
        return _take(only, now)
    with transaction.atomic():
        return _take(only, now) if pace.has_room(per_minute, now) else None


def _take(only, now):
    facts = {"now": now, "provider": providers.current(), "only": only}
    return next(iter(Message.objects.raw(ANY if only is None else ONE, facts)), None)


def _is_still_ours(message: Message) -> bool:
    """Read right before the hand-over: nobody has cancelled it, or taken it for lost, meanwhile."""
    return _ask(STILL_OURS, message.pk, message.attempts) is not None


def _ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()


# Telling what became of it --------------------------------------------------------------------


def _pause(message: Message, error: Exception, *, now: datetime) -> None:
    @transaction.atomic
    def tell():
        _update(message, State.FAILED, last_error=str(error))
        if message.attempts <= len(PAUSES):
            _update(message, State.QUEUED, not_before=now + PAUSES[message.attempts - 1])

    _surely(tell)


def _fail(message: Message, error: Refused, now: datetime) -> None:
    if message.doubtful_since:
        # This attempt was refused, and nobody knows of the one before.
        _mark(message, State.UNKNOWN, last_error=str(error))
        return
    _mark(message, State.FAILED, last_error=str(error))
    if error.is_dead:
        mark_undeliverable(message.recipient, str(error), now)


def _doubt(message: Message, why: str, now: datetime) -> bool:
    """Nobody knows whether it was taken. Where the provider still knows its key, the same mail goes again by itself."""
    since = message.doubtful_since or message.claimed_at

    @transaction.atomic
    def tell():
        told = _update(message, State.UNKNOWN, last_error=why, doubtful_since=since)
        message.doubtful_since = since
        again = now + PAUSES[min(message.attempts, len(PAUSES)) - 1]
        if told and _is_known_there(message, again):
            _update(message, State.QUEUED, not_before=again)
        return told

    told = _surely(tell)
    with contextlib.suppress(Exception):  # a full disk loses the line in the log, and not the mail
        logger.warning("Nobody knows whether message %s was taken.", message.pk)
    return told


def _is_known_there(message: Message, now: datetime) -> bool:
    """Whether the provider that may have taken it tells a second one by the key."""
    remembered = providers.remembers(message.provider)
    return bool(remembered) and message.provider == providers.current() and now < message.doubtful_since + remembered


def _mark(message: Message, state: str, **fields) -> bool:
    return _surely(lambda: _update(message, state, **fields))


def _update(message: Message, state: str, **fields) -> bool:
    """Move the row this attempt claimed; a later attempt's row is left alone.

    A worker slow enough to find its row `unknown` still knows what became of it.
    """
    before = [known for known, after in Message.TRANSITIONS.items() if state in after]
    rows = Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=before)
    return bool(rows.update(state=state, **fields))


def _surely(tell):
    """What only this worker knows is told even when the database is restarting just now."""
    end = time.monotonic() + TELL_SECONDS
    while True:
        try:
            return tell()
        except (InterfaceError, OperationalError):
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.2)

"""Handing mails over, each exactly once as far as anybody can know.

A worker claims a row by a conditional update, hands the mail over, and marks the row. Between the
hand-over and the mark a worker may die; such a row becomes `unknown` and waits for a person.
"""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from outbox.exceptions import Refused, TryAgain
from outbox.handover import hand_over
from outbox.models import Message

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
# A sweep ends well before the task's time limit, which would kill it in the middle of a hand-over.
SWEEP_SECONDS = 240


def deliver_due(*, now: datetime) -> int:
    """Deliver what is due and was never queued, or whose pause is over; returns how many were taken on."""
    end = time.monotonic() + SWEEP_SECONDS
    taken = 0
    for message_id in list(Message.objects.due(now).order_by("not_before", "pk").values_list("pk", flat=True)):
        if time.monotonic() > end:
            break
        taken += deliver(message_id, now=now)
    return taken


def deliver(message_id: int, *, now: datetime) -> bool:
    """Claim one message, hand it over and mark it; False when it is not due or another worker has it."""
    message = _claim(message_id, now=now)
    if message is None:
        return False
    try:
        hand_over(message)
    except TryAgain as error:
        _pause(message, error, now=now)
    except Refused as error:
        _mark(message, State.FAILED, last_error=str(error))
    except Exception as error:
        # Broken off in the middle: it may have arrived, so nobody but a person sends it again.
        _mark(message, State.UNKNOWN, last_error=f"{type(error).__name__}: {error}")
    else:
        _mark(message, State.SENT, sent_at=now, last_error="")
    return True


def give_up_waiting(*, now: datetime) -> int:
    """Make `unknown` what was claimed so long ago that its worker must have died; returns how many."""
    lost = Message.objects.filter(state=State.IN_FLIGHT, claimed_at__lte=now - LOST_AFTER)
    return lost.update(state=State.UNKNOWN, last_error="The worker stopped while handing this mail over.")


def _claim(message_id: int, *, now: datetime) -> Message | None:
    due = Message.objects.due(now).filter(pk=message_id)
    if not due.update(state=State.IN_FLIGHT, attempts=F("attempts") + 1, claimed_at=now):
        return None
    return Message.objects.get(pk=message_id)


@transaction.atomic
def _pause(message: Message, error: Exception, *, now: datetime) -> None:
    _mark(message, State.FAILED, last_error=str(error))
    if message.attempts <= len(PAUSES):
        _mark(message, State.QUEUED, not_before=now + PAUSES[message.attempts - 1])


def _mark(message: Message, state: str, **fields) -> bool:
    """Move the row this attempt claimed; a later attempt's row is left alone.

    A worker slow enough to find its row `unknown` still knows what became of it.
    """
    before = [known for known, after in Message.TRANSITIONS.items() if state in after]
    rows = Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=before)
    return bool(rows.update(state=state, **fields))

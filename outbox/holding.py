"""The switch that holds all mail, and mails sent once more."""

from datetime import datetime

from django.db import transaction

from outbox import tasks
from outbox.exceptions import CannotSettle
from outbox.models import Mailing, Message, OutboxSettings
from outbox.queueing import after_commit

State = Message.State
COPIED = ["kind", "recipient", "reply_to", "subject", "text", "html", "attachments", "content_type_id", "object_id"]
DONE_WITH = {State.SENT, State.BOUNCED, State.CANCELLED}


def hold_all_mail(*, why: str) -> None:
    """Nothing is handed over from now on; what is being handed over this moment still goes."""
    _set(is_on_hold=True, hold_reason=why)


def let_mail_go() -> None:
    """What waits goes out, the oldest first."""
    _set(is_on_hold=False, hold_reason="")
    after_commit(tasks.deliver_due)


@transaction.atomic
def send_copy(*, message: Message, now: datetime) -> Message:
    """The same mail once more as a row of its own, because a person wants so; twice at the same moment is one copy.

    The mail of a day keeps what came together in it: by that it can be unsubscribed from, found, and kept from readers.
    Raises CannotSettle for a mail that is still on its way, and for one of a mailing that nobody released: a copy would
    tell its reader what is not public yet.
    """
    if message.state not in DONE_WITH or _was_never_released(message):
        raise CannotSettle
    copy = _copied(message, now)
    for part in message.merged.order_by("pk"):
        _copied(part, now, state=State.MERGED, merged_into=copy)
    after_commit(tasks.deliver_message, copy.pk)
    return copy


def _copied(message, now, **fields):
    stamp = f":copy-{now:%Y%m%d%H%M}"
    key = message.key[: Message._meta.get_field("key").max_length - len(stamp)] + stamp
    same = {name: getattr(message, name) for name in COPIED}
    Message.objects.bulk_create([Message(key=key, not_before=now, **same, **fields)], ignore_conflicts=True)
    return Message.objects.get(key=key)


def _was_never_released(message):
    return bool(message.state == State.CANCELLED and message.mailing and message.mailing.state != Mailing.State.RELEASED)


def _set(**fields):
    OutboxSettings.objects.bulk_create([OutboxSettings(pk=1)], ignore_conflicts=True)
    OutboxSettings.objects.update(**fields)

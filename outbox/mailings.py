"""Mails to many: prepared and held, looked at, released by a person, cancellable until handed over."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from outbox import tasks
from outbox.exceptions import MailingDecided
from outbox.models import Mailing, Message
from outbox.queueing import after_commit

State = Message.State


@dataclass(frozen=True)
class Stopped:
    """What a cancelled mailing came to: `stopped` mails stay home, `gone` had been handed over or were on their way."""

    stopped: int
    gone: int


def prepare_mailing(*, key: str, title: str, by, now: datetime) -> Mailing:
    """A mailing to write mails into with `write_message(mailing=...)`; the same key again is the mailing there is."""
    fields = {"title": title[:200], "prepared_by": by, "prepared_at": now}
    return Mailing.objects.get_or_create(key=key, defaults=fields)[0]


def release_mailing(*, mailing: Mailing, by, now: datetime) -> int:
    """Let the mails go, because a person has looked at them; returns how many.

    A second release finds it released and sends nothing. Raises MailingDecided when it was cancelled, or has no recipients.
    """
    with transaction.atomic():
        locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
        if locked.state == Mailing.State.RELEASED:
            return 0
        if locked.state == Mailing.State.CANCELLED:
            raise MailingDecided(_("This mailing was cancelled. Nothing was sent."))
        released = locked.messages.held().update(state=State.QUEUED, not_before=now)
        if not released:
            raise MailingDecided(_("This mailing has no recipients: there is nothing to release."))
        _decide(locked, Mailing.State.RELEASED, by, now)
        after_commit(tasks.deliver_due)
    return released


def cancel_mailing(*, mailing: Mailing, by, now: datetime) -> Stopped:
    """Stop what has not been handed over, prepared or released. Again changes nothing."""
    with transaction.atomic():
        locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
        stopped = locked.messages.waiting().update(state=State.CANCELLED, last_error=_("The mailing was cancelled."))
        if locked.state != Mailing.State.CANCELLED:
            _decide(locked, Mailing.State.CANCELLED, by, now)
    gone = locked.messages.exclude(state__in=[State.CANCELLED, State.MERGED, State.FAILED]).count()
    return Stopped(stopped, gone)


def _decide(mailing, state, by, now):
    mailing.state, mailing.decided_by, mailing.decided_at = state, by, now
    mailing.save(update_fields=["state", "decided_by", "decided_at"])

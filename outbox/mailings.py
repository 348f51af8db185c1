"""Mails to many: prepared and held, looked at, released by a person, cancellable until handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from outbox import tasks
from outbox.exceptions import MailingRefused
from outbox.models import Mailing, Message
from outbox.queueing import after_commit

State = Message.State
STAYED_HOME = [State.HELD, State.CANCELLED, State.MERGED]


@dataclass(frozen=True)
class Released:
    """What became of a release: `sent` mails go out, `dropped` were left out."""

    sent: int
    dropped: int


@dataclass(frozen=True)
class Stopped:
    """What became of a cancelled mailing: `stopped` mails stay home, `gone` were on their way or had arrived."""

    stopped: int
    gone: int


@dataclass(frozen=True)
class Keeper:
    """What an app says of its mailings, those whose key begins with `prefix`.

    `lock(mailing)`: hold what else decides over these mails, until the transaction ends; `why_not(mailing, now)`: the sentence why it may not go yet, "" when it may; `noted(mailing, by, now, released)`
    writes its own record; `page(mailing)`: where the mails are looked after.
    """

    prefix: str
    lock: Callable[[Mailing], object]
    why_not: Callable[[Mailing, datetime], str]
    noted: Callable[[Mailing, object, datetime, Released], None]
    page: Callable[[Mailing], str]


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    _keepers.append(keeper)


def keeper_of(mailing: Mailing) -> Keeper | None:
    return next((keeper for keeper in _keepers if mailing.key.startswith(keeper.prefix)), None)


def prepare_mailing(*, key: str, title: str, by, now: datetime) -> Mailing:
    """A mailing to write mails into with `write_message(mailing=...)`; the same key again is the mailing there is."""
    fields = {"title": title[:200], "prepared_by": by, "prepared_at": now}
    return Mailing.objects.get_or_create(key=key, defaults=fields)[0]


def release_mailing(*, mailing: Mailing, by, now: datetime, left_out: Sequence[int] = (), newest: int | None = None) -> Released:
    """Let its held mails go, because a person has looked at them, but for those `left_out`.

    `newest`: the last mail that was looked at; what was written after it waits. Of two releasers the second finds
    nothing held. Raises MailingRefused for a cancelled mailing, one without recipients, and one that may not go yet.
    """
    with transaction.atomic():
        locked = _lock(mailing)
        _refuse_unless_it_may_go(locked, now)
        held = locked.messages.held()
        if newest is not None:
            held = held.filter(pk__lte=newest)
        dropped = held.filter(pk__in=left_out).update(state=State.CANCELLED, last_error=_("Left out when the rest was released."))
        released = Released(held.update(state=State.QUEUED, not_before=now), dropped)
        if released != Released(0, 0):
            if locked.state == Mailing.State.PREPARED:
                _decide(locked, Mailing.State.RELEASED, by, now)
            if keeper := keeper_of(locked):
                keeper.noted(locked, by, now, released)
            after_commit(tasks.deliver_due)
    return released


def cancel_mailing(*, mailing: Mailing, by, now: datetime) -> Stopped:
    """Stop what has not been handed over, prepared or released; again changes nothing."""
    with transaction.atomic():
        locked = _lock(mailing)
        stopped = locked.messages.waiting().update(state=State.CANCELLED, last_error=_("The mailing was cancelled."))
        # Where everything has gone already, it stays released: cancelled would be untrue.
        if locked.state == Mailing.State.PREPARED or stopped:
            _decide(locked, Mailing.State.CANCELLED, by, now)
        gone = locked.messages.exclude(state__in=STAYED_HOME).count()
    return Stopped(stopped, gone)


def why_not(mailing: Mailing, now: datetime) -> str:
    """The sentence why a mailing may not be released; empty when it may."""
    if mailing.state == Mailing.State.CANCELLED:
        return _("This mailing was cancelled: what had not gone out stays home.")
    if not mailing.messages.exclude(state=State.CANCELLED).exists():
        return _("This mailing has no recipients: nobody would get it.")
    keeper = keeper_of(mailing)
    return keeper.why_not(mailing, now) if keeper else ""


def _refuse_unless_it_may_go(mailing, now):
    if sentence := why_not(mailing, now):
        raise MailingRefused(sentence)


def _lock(mailing):
    if keeper := keeper_of(mailing):
        keeper.lock(mailing)
    # A mail that is being written into it refers to this row, and need not wait.
    return Mailing.objects.select_for_update(no_key=True, of=["self"]).get(pk=mailing.pk)


def _decide(mailing, state, by, now):
    mailing.state, mailing.decided_by, mailing.decided_at = state, by, now
    mailing.save(update_fields=["state", "decided_by", "decided_at"])

"""What holds mail back, and what must not."""

import logging
from datetime import timedelta

import pytest
from django.db import OperationalError

from outbox import delivery, tasks
from outbox.delivery import deliver, deliver_due
from outbox.models import Message, OutboxSettings
from outbox.services import send_again
from tests.factories import NOW, make_message

pytestmark = pytest.mark.django_db


def test_while_all_mail_is_held_nothing_is_claimed(mailoutbox):
    message = make_message()
    OutboxSettings(is_on_hold=True).save()

    assert not deliver(message.pk, now=NOW)
    assert deliver_due(now=NOW) == 0

    OutboxSettings(is_on_hold=False).save()
    assert deliver_due(now=NOW) == 1
    assert len(mailoutbox) == 1


def test_no_minute_sees_more_mails_than_allowed(mailoutbox):
    OutboxSettings(per_minute=2).save()
    for _number in range(5):
        make_message()

    taken = [deliver_due(now=NOW + timedelta(seconds=seconds)) for seconds in (0, 30, 59, 61, 90, 122)]

    assert taken == [2, 0, 0, 2, 0, 1]
    assert len(mailoutbox) == 5


def test_a_limit_of_none_at_all_sends_nothing():
    OutboxSettings(per_minute=0).save()
    make_message()

    assert deliver_due(now=NOW) == 0


def test_a_heap_calls_for_a_second_worker_and_a_few_do_not(monkeypatch, mailoutbox):
    called = []
    monkeypatch.setattr(tasks.deliver_due, "apply_async", lambda **options: called.append(options))
    monkeypatch.setattr(delivery, "SWEEP_MAILS", 2)
    for _number in range(3):
        make_message()

    tasks.deliver_due()
    assert (len(called), len(mailoutbox)) == (1, 2)
    tasks.deliver_due()
    assert (len(called), len(mailoutbox)) == (1, 3)


@pytest.fixture
def full_disk():
    """Every line of the log fails, as on a full disk."""

    class Full(logging.Handler):
        def emit(self, record):
            raise OSError(28, "No space left on device")

    handler = Full()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("error", [None, RuntimeError("?")])
def test_a_log_that_cannot_be_written_neither_loses_nor_repeats_a_mail(error, full_disk, monkeypatch, mailoutbox):
    message = make_message()
    if error:
        monkeypatch.setattr(delivery, "hand_over", lambda message: (_ for _ in ()).throw(error))

    deliver(message.pk, now=NOW)
    deliver_due(now=NOW + timedelta(days=1))

    message.refresh_from_db()
    assert message.state == ("unknown" if error else "sent")
    assert len(mailoutbox) == (0 if error else 1)


def test_a_worker_tells_what_it_knows_once_the_database_is_back(monkeypatch):
    message, away = make_message(state="in_flight", attempts=1), [True, True, False]
    update = delivery._update

    def restarting(*arguments, **fields):
        if away.pop(0):
            raise OperationalError("the database is starting up")
        return update(*arguments, **fields)

    monkeypatch.setattr(delivery, "_update", restarting)
    monkeypatch.setattr(delivery, "connection", Unbound())
    monkeypatch.setattr(delivery.time, "sleep", lambda seconds: None)

    delivery._mark(message, "sent", sent_at=NOW)

    message.refresh_from_db()
    assert message.state == "sent"


class Unbound:
    """A connection outside of a transaction; the test itself is in one."""

    in_atomic_block = False

    def close(self):
        pass


def test_a_person_who_sends_again_answers_for_it():
    """Sent again by hand, a mail is not in doubt for the earlier attempt any more."""
    message = make_message(state="unknown", attempts=1, doubtful_since=NOW)
    send_again(message=message, now=NOW)

    assert Message.objects.get().doubtful_since is None

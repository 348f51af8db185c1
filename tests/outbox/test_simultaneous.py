"""Trials with real threads and connections: these need committed rows."""

from contextlib import nullcontext
from threading import Barrier

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from outbox import delivery
from outbox.models import Message
from outbox.services import write_message
from tests.factories import NOW, make_account, make_message
from tests.races import simultaneously

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class CountingBackend(BaseEmailBackend):
    handed_over = []

    def send_messages(self, messages):
        self.handed_over.extend(messages)
        return len(messages)


@pytest.fixture
def handed_over(settings, monkeypatch):
    monkeypatch.setattr(CountingBackend, "handed_over", [])
    settings.EMAIL_BACKEND = f"{__name__}.CountingBackend"
    return CountingBackend.handed_over


def test_many_workers_at_one_message_hand_it_over_once(handed_over):
    message = make_message()

    taken = simultaneously(8, lambda number: delivery.deliver(message.pk, now=NOW))

    assert sorted(taken) == [False] * 7 + [True]
    assert len(handed_over) == 1


def test_the_trial_above_can_fail(handed_over, monkeypatch):
    """With a claim that looks first and writes later, several workers hand the same mail over."""
    message = make_message()
    everybody_looked = Barrier(4, timeout=20)

    def careless_claim(only, *, now):
        found = Message.objects.due(now).get(pk=only)
        everybody_looked.wait()
        Message.objects.filter(pk=only).update(state="in_flight")
        return found

    monkeypatch.setattr(delivery, "_claim", careless_claim)
    monkeypatch.setattr(delivery, "_is_still_ours", lambda message: True)
    simultaneously(4, lambda number: delivery.deliver(message.pk, now=NOW))

    assert len(handed_over) == 4


def test_two_sweeps_at_once_hand_each_message_over_once(handed_over):
    for _ in range(10):
        make_message()

    taken = simultaneously(2, lambda number: delivery.deliver_due(now=NOW))

    assert sum(taken) == len(handed_over) == 10


def test_two_writers_of_one_key_write_one_message_and_keep_their_transactions(handed_over):
    account = make_account()
    fields = {"kind": "note", "about": account, "recipient": "a@laurel.example", "occurrence": "once", "not_before": NOW}

    def write(number):
        with transaction.atomic():
            message = write_message(subject="A note", template="mails_link", context={}, **fields)
            # The transaction still works after the loser's insert did nothing.
            return Message.objects.get(pk=message.pk).pk

    written = simultaneously(6, write)

    assert len(written) == 6
    assert len(set(written)) == Message.objects.count() == 1


@pytest.mark.parametrize("in_transaction", [True, False])
def test_a_broker_that_is_away_breaks_nothing(in_transaction, broker_away, handed_over, caplog):
    """The change is kept, and the sweep makes up for what was never queued."""
    fields = {"kind": "note", "about": make_account(), "recipient": "a@laurel.example", "occurrence": "once", "not_before": NOW}
    with transaction.atomic() if in_transaction else nullcontext():
        message = write_message(subject="A note", template="mails_link", context={}, **fields)

    assert caplog.messages == ["The broker is away: outbox.tasks.deliver_message was not queued and waits for the next sweep."]
    assert delivery.deliver_due(now=NOW) == 1
    message.refresh_from_db()
    assert message.state == "sent"

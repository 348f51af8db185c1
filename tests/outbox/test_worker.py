"""The whole way: a transaction, the broker, a worker process, the mailbox or a mail server."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from outbox import delivery
from outbox.models import MailboxMessage, Message
from outbox.services import write_message
from tests.factories import NOW, make_account
from tests.outbox.workers import PATIENCE, MailServer, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def write():
    with transaction.atomic():
        return write_message(
            kind="note",
            about=make_account(),
            recipient="reader@laurel.example",
            occurrence="once",
            subject="A note",
            template="mails_link",
            context={},
            not_before=NOW,
        )


@pytest.fixture
def mail_server():
    server = MailServer()
    server.start()
    yield server
    server.stop()


def test_a_mail_written_in_a_transaction_reaches_the_mailbox():
    with worker():
        message = write()
        wait_until(lambda: Message.objects.filter(pk=message.pk, state="sent").exists())

    delivered = MailboxMessage.objects.get()
    assert (delivered.recipients, delivered.subject, delivered.text) == (message.recipient, "A note", message.text)


@pytest.mark.slow
def test_a_mail_server_gets_text_and_html_with_our_message_id(mail_server):
    mail_server.may_answer.set()
    with worker(EMAIL_URL=mail_server.url):
        message = write()
        wait_until(lambda: Message.objects.filter(pk=message.pk, state="sent").exists())

    [taken] = mail_server.mails
    assert "Subject: A note" in taken
    assert "Message-ID: <" in taken
    assert "text/plain" in taken
    assert "text/html" in taken


@pytest.mark.slow
def test_a_worker_killed_between_hand_over_and_mark_leaves_unknown_and_never_a_second_mail(mail_server):
    with worker(EMAIL_URL=mail_server.url) as process:
        message = write()
        assert mail_server.has_mail.wait(PATIENCE)  # handed over, and the answer has not come
        process.kill()
        process.wait()
    mail_server.may_answer.set()
    message.refresh_from_db()
    assert message.state == "in_flight"

    later = message.claimed_at + delivery.LOST_AFTER
    delivery.give_up_waiting(now=later)
    delivery.deliver_due(now=later)
    delivery.deliver(message.pk, now=later + timedelta(days=1))  # the task comes back to another worker

    message.refresh_from_db()
    assert message.state == "unknown"
    assert len(mail_server.mails) == 1
    assert mail.outbox == []

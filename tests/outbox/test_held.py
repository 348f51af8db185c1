import pytest

from outbox.mailings import prepare_mailing
from outbox.models import Message
from outbox.services import drop_messages, write_message
from tests.factories import NOW, make_message, make_user

pytestmark = pytest.mark.django_db


def write(about):
    return write_message(
        kind="note",
        about=about,
        recipient="reader@laurel.example",
        occurrence="once",
        subject="Something changed",
        template="account_changed",
        context={"person": about, "change": "New password."},
        mailing=prepare_mailing(key="news", title="News", by=None, now=NOW),
    )


def test_only_what_is_held_is_dropped():
    sent, queued = make_message(state="sent"), make_message(state="queued")

    assert drop_messages(Message.objects.all()) == 0

    assert [Message.objects.get(pk=one.pk).state for one in (sent, queued)] == ["sent", "queued"]


def test_a_dropped_mail_stays_dropped_when_it_is_written_again():
    person = make_user()
    drop_messages(Message.objects.filter(pk=write(person).pk))
    assert write(person).state == "cancelled"

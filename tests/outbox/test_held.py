import pytest

from outbox.models import Message
from outbox.services import drop_messages, release_messages, write_message
from tests.factories import NOW, make_message, make_user
from tests.races import simultaneously

HELD, QUEUED, CANCELLED = Message.State.HELD, Message.State.QUEUED, Message.State.CANCELLED


def write(about, **fields):
    return write_message(
        kind="note",
        about=about,
        recipient="reader@laurel.example",
        occurrence="once",
        subject="Something changed",
        template="account_changed",
        context={"person": about, "change": "New password."},
        held=True,
        **fields,
    )


@pytest.mark.django_db
def test_a_held_mail_is_not_due_until_it_is_released():
    message = write(make_user())
    assert not Message.objects.due(message.not_before).exists()

    assert release_messages(Message.objects.filter(pk=message.pk), now=NOW) == 1

    assert list(Message.objects.due(NOW)) == [message]


@pytest.mark.django_db
def test_only_what_is_held_is_released_or_dropped():
    sent, cancelled = make_message(state="sent"), make_message(state="cancelled")

    assert release_messages(Message.objects.all(), now=NOW) == drop_messages(Message.objects.all()) == 0

    assert [Message.objects.get(pk=one.pk).state for one in (sent, cancelled)] == ["sent", "cancelled"]


@pytest.mark.django_db
def test_a_dropped_mail_stays_dropped_when_it_is_written_again():
    person = make_user()
    drop_messages(Message.objects.filter(pk=write(person).pk))
    assert write(person).state == CANCELLED


@pytest.mark.django_db(transaction=True)
def test_of_two_releasers_one_releases():
    make_message(state=HELD)
    assert sorted(simultaneously(2, lambda number: release_messages(Message.objects.all(), now=NOW))) == [0, 1]
    assert Message.objects.get().state in {QUEUED, Message.State.IN_FLIGHT, Message.State.SENT}

from dataclasses import asdict
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from outbox.exceptions import NoRecipient
from outbox.handover import as_email
from outbox.mailbox import MailboxBackend
from outbox.models import MailboxMessage, Message
from outbox.services import Attachment, absolute_url, message_key, write_message
from tests.factories import NOW, make_account, make_user

pytestmark = pytest.mark.django_db


def write(**fields):
    return write_message(
        **{
            "kind": "note",
            "about": fields.pop("about", None) or make_account(),
            "recipient": "reader@laurel.example",
            "occurrence": "2026-03-02",
            "subject": "A note",
            "template": "mails_link",
            "context": {},
            "not_before": NOW,
        }
        | fields
    )


def test_a_message_is_queued_under_its_key():
    account = make_account()

    message = write(about=account)

    assert message.state == Message.State.QUEUED
    assert message.key == f"note:advocacy.account.{account.pk}:reader@laurel.example:2026-03-02"
    assert message.about == account


def test_the_same_key_again_is_the_row_that_exists():
    account = make_account()
    first = write(about=account)

    again = write(about=account, recipient=" Reader@Laurel.Example ", subject="Another subject")

    assert again == first
    assert again.subject == "A note"
    assert Message.objects.count() == 1


@pytest.mark.parametrize("other", [{"kind": "letter"}, {"recipient": "other@laurel.example"}, {"occurrence": "2026-03-03"}])
def test_another_kind_recipient_or_occurrence_is_another_message(other):
    account = make_account()

    assert write(about=account) != write(about=account, **other)


def test_a_change_that_is_rolled_back_takes_its_mail_with_it():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_a_mail_to_nobody_is_refused():
    with pytest.raises(NoRecipient):
        write(recipient=" ")


def test_a_subject_cannot_start_another_header():
    message = write(subject="Still right?\r\nBcc: everybody@example.com\n" + "x" * 300)

    assert message.subject.startswith("Still right? Bcc: everybody@example.com x")
    assert len(message.subject) == 250


def test_the_text_is_plain_and_the_html_escaped():
    message = write(context={"link": "https://laurel.example/a?b=1&c=2", "link_text": "Read O'Neill & <Sons>"})

    assert "Read O'Neill & <Sons>:\nhttps://laurel.example/a?b=1&c=2\n" in message.text
    assert "Read O&#x27;Neill &amp; &lt;Sons&gt;" in message.html


def test_the_footer_says_who_gets_the_answer():
    message = write(reply_to="csm@laurel.example")

    assert "Answers to this mail go to csm@laurel.example." in message.text
    assert "Answers to this mail go to csm@laurel.example." in message.html


def test_a_long_address_leaves_the_occurrence_readable_in_the_key():
    account = make_account()

    key = message_key(kind="note", about=account, recipient=f"{'a' * 200}@laurel.example", occurrence="2026-03-02")

    assert len(key) <= 200
    assert key.startswith(f"note:advocacy.account.{account.pk}:")
    assert key.endswith(":2026-03-02")


def test_only_a_message_that_is_due_is_queued_for_the_worker(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as due_now:
        write(not_before=NOW)
    with django_capture_on_commit_callbacks() as due_later:
        write(occurrence="later", not_before=NOW + timedelta(days=36500))

    assert (len(due_now), len(due_later)) == (1, 0)


def test_links_in_mails_are_whole(settings):
    settings.SITE_URL = "https://laurel.example"

    assert absolute_url("/verify/abc/") == "https://laurel.example/verify/abc/"


def test_files_go_with_the_mail_and_reach_the_mailbox():
    invitation = Attachment("meeting.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")

    mail = as_email(write(attachments=[invitation]))
    MailboxBackend().send_messages([mail])

    [_body, file] = mail.message().get_payload()
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == ("text/calendar", "REQUEST", "meeting.ics")
    assert MailboxMessage.objects.get().attachments == [asdict(invitation)]


def test_a_moment_is_told_in_the_zone_its_reader_was_given():
    held_until = NOW.astimezone(ZoneInfo("Asia/Kolkata"))

    message = write(template="ask_word", context={"held_until": held_until, "person": make_user("csm"), "ask": None})

    assert f"{held_until:%H:%M %Z}" in message.text
    assert f"{held_until:%H:%M %Z}" in message.html

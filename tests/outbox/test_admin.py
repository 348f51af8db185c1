import re

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from outbox.admin import SETTLEMENTS
from outbox.mailbox import MailboxBackend
from outbox.masking import mask_secrets
from outbox.models import MailboxMessage
from tests.factories import NOW, make_message, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def client(team):
    client = Client()
    client.force_login(team)
    return client


def page(client, name, *args, **query):
    return client.get(reverse(f"admin:outbox_{name}", args=args), query).content.decode()


def make_mail(**fields):
    return MailboxMessage.objects.create(
        **{
            "recipients": "reader@laurel.example",
            "sender": "laurel@localhost",
            "subject": "Still right?",
            "text": "Look: http://localhost:8000/verify/abc/ <b>",
            "html": "<p>Look</p>",
            "delivered_at": NOW,
        }
        | fields
    )


def settle(client, message, outcome, method="post"):
    return getattr(client, method)(reverse("admin:outbox_message_settle", args=[message.pk, outcome]))


def test_messages_are_found_by_state_recipient_and_subject(client):
    make_message(subject="Doubtful", state="unknown")
    make_message(subject="Fine", recipient="ada@laurel.example", state="sent")

    assert "Fine" not in page(client, "message_changelist", state__exact="unknown")
    assert "Fine" in page(client, "message_changelist", q="ada@")
    assert "Doubtful" not in page(client, "message_changelist", q="Fine")


@pytest.mark.parametrize("make", [make_message, make_mail])
def test_a_list_costs_the_same_for_one_row_and_for_three(make, client, django_assert_max_num_queries):
    name = "message_changelist" if make is make_message else "mailboxmessage_changelist"
    counts = []
    for _ in range(3):
        make()
        with django_assert_max_num_queries(12) as captured:
            page(client, name)
        counts.append(len(captured))

    assert counts[0] == counts[2]


def test_a_message_cannot_be_edited_or_deleted_by_hand(client):
    message = make_message()

    answer = client.post(reverse("admin:outbox_message_change", args=[message.pk]), {"subject": "Other"})

    assert answer.status_code == 403
    assert client.get(reverse("admin:outbox_message_delete", args=[message.pk])).status_code == 403
    assert client.get(reverse("admin:outbox_message_add")).status_code == 403


def test_the_outbox_hides_links_that_act_for_the_recipient(client):
    token = "x7" * 22
    message = make_message(text=f"Look:\nhttp://localhost:8000/verify/{token}/\n")

    found = page(client, "message_change", message.pk)

    assert token not in found
    assert "http://localhost:8000/verify/…/" in found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"see /verify/{'a' * 43}/ now", "see /verify/…/ now"),
        (f"Look (/verify/{'a' * 43}), or /mails/{'b' * 99}.", "Look (/verify/…), or /mails/…."),
        (f"/accounts/password/reset/key/3-{'b' * 39}/", "/accounts/password/reset/key/…/"),
        (f"/join?token={'c' * 30}&x=1", "/join?token=…&x=1"),
        ("/advocates/12/check/", "/advocates/12/check/"),
        ("a-very-long-name-with-many-hyphens-in-it", "a-very-long-name-with-many-hyphens-in-it"),
    ],
)
def test_what_is_hidden_is_the_secret_and_nothing_else(text, shown):
    assert mask_secrets(text) == shown


def test_a_mail_in_doubt_offers_two_ways_out(client):
    message = make_message(state="unknown", attempts=1, claimed_at=NOW)

    found = page(client, "message_change", message.pk)

    assert "It arrived" in found
    assert "Send again" in found


def test_of_a_mail_that_was_sent_it_can_only_be_said_that_it_came_back(client):
    found = page(client, "message_change", make_message(state="sent").pk)

    assert "It came back" in found
    assert "It arrived" not in found
    assert "Send again" not in found


def test_the_team_says_that_a_mail_came_back(client):
    message = make_message(state="sent")
    client.post(reverse("admin:outbox_message_settle", args=[message.pk, "bounced"]))
    message.refresh_from_db()

    assert (message.state, message.last_error) == ("bounced", "It came back.")


def test_the_team_says_that_a_mail_arrived(client, team):
    message = make_message(state="unknown", attempts=1, claimed_at=NOW)

    settle(client, message, "arrived")

    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("sent", NOW)
    assert team.name in page(client, "message_change", message.pk)


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_the_team_has_a_mail_sent_again(state, client):
    message = make_message(state=state, attempts=1, claimed_at=NOW)

    settle(client, message, "again")

    message.refresh_from_db()
    assert message.state == "queued"
    assert message.not_before > NOW


@pytest.mark.parametrize("outcome", list(SETTLEMENTS))
def test_asking_for_confirmation_changes_nothing(outcome, client):
    message = make_message(state="unknown", attempts=1, claimed_at=NOW)

    assert settle(client, message, outcome, method="get").status_code == 200
    message.refresh_from_db()
    assert message.state == "unknown"


@pytest.mark.parametrize(("state", "outcome"), [("sent", "again"), ("queued", "arrived"), ("failed", "arrived")])
def test_what_is_not_in_doubt_stays_as_it_is(state, outcome, client):
    message = make_message(state=state)

    answer = client.post(reverse("admin:outbox_message_settle", args=[message.pk, outcome]), follow=True)

    message.refresh_from_db()
    assert message.state == state
    assert "not in doubt" in answer.content.decode()


@pytest.mark.parametrize("outcome", list(SETTLEMENTS))
def test_staff_without_the_permission_settle_nothing(outcome):
    judge, message = Client(), make_message(state="unknown", attempts=1, claimed_at=NOW)
    judge.force_login(make_user("judge"))

    assert settle(judge, message, outcome).status_code == 403
    message.refresh_from_db()
    assert message.state == "unknown"


def test_a_mail_in_the_mailbox_is_read_with_its_links(client):
    found = page(client, "mailboxmessage_change", make_mail().pk)

    assert '<a href="http://localhost:8000/verify/abc/" rel="nofollow">' in found
    assert "&lt;b&gt;" in found


def test_the_html_of_a_mail_can_run_and_load_nothing(client):
    mail = make_mail(html="<script>alert(1)</script>")

    answer = client.get(reverse("admin:outbox_mailboxmessage_html", args=[mail.pk]))

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert re.search(r"sandbox allow-popups allow-popups-to-escape-sandbox(;|$)", policy)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_an_empty_mailbox_says_what_to_do(client, settings):
    settings.EMAIL_BACKEND = "outbox.mailbox.MailboxBackend"

    assert "No mail yet." in page(client, "mailboxmessage_changelist")


def test_with_a_mail_server_the_mailbox_says_that_it_is_not_in_use(client):
    assert "Mail goes to the mail server" in page(client, "mailboxmessage_changelist")


@pytest.mark.parametrize("name", ["message_changelist", "mailboxmessage_changelist"])
def test_a_judge_reads_no_mail(name):
    judge = Client()
    judge.force_login(make_user("judge"))

    assert judge.get(reverse(f"admin:outbox_{name}")).status_code == 403


def test_the_mailbox_keeps_a_mail_as_it_was_sent():
    mail = EmailMultiAlternatives("Hello", "Text", "laurel@localhost", ["a@x.example"], reply_to=["b@x.example"])
    mail.attach_alternative("<p>HTML</p>", "text/html")

    assert MailboxBackend().send_messages([mail]) == 1

    row = MailboxMessage.objects.get()
    assert (row.recipients, row.reply_to, row.text, row.html) == ("a@x.example", "b@x.example", "Text", "<p>HTML</p>")

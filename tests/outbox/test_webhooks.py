"""What the mail provider reports, through the address it calls."""

import base64
import json

import pytest
from django.urls import reverse

from outbox.handover import digest
from outbox.models import Message, Recipient
from outbox.recipients import is_undeliverable
from tests.factories import NOW, make_message

pytestmark = pytest.mark.django_db

SECRET = "laurel:" + "s" * 24


@pytest.fixture(autouse=True)
def resend(settings):
    settings.MAIL_PROVIDER = "resend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def message():
    return make_message(state="sent", attempts=1, claimed_at=NOW, sent_at=NOW, provider="Resend", provider_id="r-1")


def report(client, kind, *, provider="resend", number="r-1", secret=SECRET, body=None, **data):
    data = {"email_id": number, "to": ["somebody@laurel.example"], "headers": []} | data
    body = json.dumps({"type": kind, "created_at": "2026-03-02T12:00:00Z", "data": data}) if body is None else body
    signed = base64.b64encode(secret.encode()).decode()
    address = reverse("mail-reports", args=[provider])
    return client.post(address, body, content_type="application/json", headers={"authorization": f"Basic {signed}"})


def bounce(kind, words="The recipient's email provider sent a hard bounce message"):
    return {"bounce": {"type": kind, "message": words}}


def of(message, **fields):
    return {"to": [message.recipient]} | fields


def now_of(message):
    message.refresh_from_db()
    return message.state


def test_a_hard_bounce_ends_the_mail_and_marks_the_address_once(client, message):
    for _time in range(2):  # a replay
        assert report(client, "email.bounced", **of(message, **bounce("Permanent"))).status_code == 200

    assert now_of(message) == "bounced"
    assert "hard bounce" in message.last_error
    assert is_undeliverable(message.recipient)
    assert [row.state for row in message.events.order_by("pgh_id")] == ["sent", "bounced"]


def test_a_soft_bounce_is_noted_and_nothing_ends(client, message):
    report(client, "email.bounced", **of(message, **bounce("Transient", "inbox full")))

    assert now_of(message) == "sent"
    assert "inbox full" in message.last_error
    assert not is_undeliverable(message.recipient)


def test_a_complaint_ends_the_mail_and_leaves_only_what_must_be_written(client, message):
    report(client, "email.complained", **of(message))

    assert now_of(message) == "bounced"
    assert Recipient.objects.get(address=message.recipient).complained_at
    assert not is_undeliverable(message.recipient)


@pytest.mark.parametrize("known_by", ["the provider's number", "ours"])
def test_a_report_of_delivery_settles_a_mail_in_doubt(client, known_by):
    message = make_message(state="unknown", attempts=1, claimed_at=NOW, provider="Resend")
    if known_by == "ours":  # the worker died before it could write the provider's number down
        ours = {"name": "X-Metadata", "value": json.dumps({"laurel": f"{message.pk}-{digest(message)}"})}
        report(client, "email.delivered", number="r-9", **of(message, headers=[ours]))
    else:
        Message.objects.filter(pk=message.pk).update(provider_id="r-9")
        report(client, "email.delivered", number="r-9", **of(message))

    assert now_of(message) == "sent"
    assert (message.provider_id, message.sent_at) == ("r-9", NOW)


def test_a_report_that_comes_before_the_mark_is_asked_for_again(client):
    message = make_message(state="in_flight", attempts=1, claimed_at=NOW, provider="Resend")
    ours = {"name": "X-Metadata", "value": json.dumps({"laurel": f"{message.pk}-{digest(message)}"})}

    assert report(client, "email.bounced", **of(message, headers=[ours], **bounce("Permanent"))).status_code == 503
    assert now_of(message) == "in_flight"


@pytest.mark.parametrize(
    "foreign",
    [
        {"number": "unknown"},
        {"number": None},
        {"to": ["stranger@laurel.example"]},
        {"number": "r-2", "headers": [{"name": "X-Metadata", "value": '{"laurel": "1-of-another-installation"}'}]},
        {"number": "r-2", "headers": [{"name": "X-Metadata", "value": '{"laurel": ["99999999999999999999-x"]}'}]},
        {"number": "r-2", "headers": [{"name": "X-Metadata", "value": '"no object"'}]},
    ],
)
def test_a_report_of_a_mail_that_is_not_ours_changes_nothing(client, message, foreign):
    assert report(client, "email.bounced", **of(message, **bounce("Permanent")) | foreign).status_code == 200
    assert now_of(message) == "sent"
    assert not Recipient.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ({"secret": "laurel:guessed"}, 403),
        ({"body": "{"}, 400),
        ({"body": "[]"}, 400),
        ({"body": "null"}, 400),
        ({"body": b"\xff\x00"}, 400),
        ({"provider": "mailgun"}, 404),
        ({"provider": "nobody"}, 404),
    ],
)
def test_what_is_no_report_is_answered_plainly_and_changes_nothing(client, message, wrong, answer):
    response = report(client, "email.bounced", **of(message, **bounce("Permanent")), **wrong)

    assert response.status_code == answer
    assert now_of(message) == "sent"


def test_without_a_secret_or_by_get_the_address_is_shut(client, message, settings):
    assert client.get(reverse("mail-reports", args=["resend"])).status_code == 405
    settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
    assert report(client, "email.bounced", **of(message, **bounce("Permanent"))).status_code == 404


@pytest.mark.parametrize(
    ("said", "is_hard"),
    [
        ({"event": "hard_bounce", "email": "", "message-id": "r-1"}, True),
        ({"event": "soft_bounce", "email": "", "message-id": "r-1"}, False),
        ({"event": "blocked", "email": "", "message-id": "r-1"}, None),
    ],
)
def test_soft_and_hard_are_told_by_the_providers_own_word(client, message, settings, said, is_hard):
    """django-anymail calls both of Brevo's a bounce; what was blocked ends the mail and says nothing of the address."""
    settings.MAIL_PROVIDER = "brevo"
    report(client, "", provider="brevo", body=json.dumps(said | {"email": message.recipient}))

    assert now_of(message) == ("sent" if is_hard is False else "bounced")
    assert is_undeliverable(message.recipient) == bool(is_hard)

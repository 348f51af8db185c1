"""What the line to the mail server, or the provider, says of a mail: taken, not taken, or nobody knows."""

import socket
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
import requests
from django.core.cache import cache

from outbox import delivery, lines, tasks
from outbox.delivery import deliver, deliver_due, give_up_waiting
from outbox.handover import digest
from outbox.models import Message
from outbox.recipients import is_undeliverable
from tests.factories import NOW, make_message

pytestmark = pytest.mark.django_db


class ScriptedServer(Thread):
    """Speaks SMTP by a script: for each connection a dictionary of answers; None hangs up."""

    USUAL = {"EHLO": "250 hello", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken", "RSET": "250 ok"}

    def __init__(self, *scripts):
        super().__init__(daemon=True)
        self.scripts, self.taken, self.connections = list(scripts), 0, 0
        self.socket = socket.create_server(("127.0.0.1", 0))

    def run(self):
        while True:
            try:
                client, _address = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            script = self.USUAL | (self.scripts.pop(0) if self.scripts else {})
            with client, client.makefile("rw", newline="\r\n", encoding="utf-8") as line:
                self._serve(line, script)

    def _serve(self, line, script):
        self._say(line, "220 ready")
        for command in iter(line.readline, ""):
            word = command[:4].strip().upper()
            if word == "QUIT":
                return
            answer = script.get(word, "250 ok")
            if answer is None:
                return
            self._say(line, answer)
            if word == "DATA" and answer.startswith("354"):
                for _text in iter(line.readline, ".\r\n"):
                    pass
                if script["."] is None:
                    return
                self.taken += script["."].startswith("250")
                self._say(line, script["."])
                if script.get("then") == "hang up":
                    return

    def _say(self, line, words):
        line.write(f"{words}\r\n")
        line.flush()


@pytest.fixture
def server(settings):
    """Starts a mail server with a script for each connection."""
    servers = []

    def start(*scripts):
        server = ScriptedServer(*scripts)
        servers.append(server)
        server.start()
        settings.EMAIL_BACKEND = "outbox.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.socket.getsockname()[1]
        return server

    yield start
    lines.drop(lines.take()[0])
    for server in servers:
        server.socket.close()


def state_after(message, now=NOW):
    deliver(message.pk, now=now)
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_text_is_out_has_taken_nothing(server, command):
    mail_server = server({command: None})
    message = make_message()

    assert state_after(message) == "queued"
    assert state_after(message, NOW + timedelta(hours=1)) == "sent"
    assert mail_server.taken == 1


def test_a_line_that_breaks_after_the_text_leaves_it_open(server):
    server({".": None})

    assert state_after(make_message()) == "unknown"


def test_a_line_serves_many_mails_and_one_that_was_closed_meanwhile_costs_nothing(server):
    mail_server = server({}, {"then": "hang up"})
    first, second = make_message(), make_message()

    assert [state_after(first), state_after(second)] == ["sent", "sent"]
    assert mail_server.connections == 1

    lines.drop(lines.take()[0])
    third, fourth = make_message(), make_message()
    assert [state_after(third), state_after(fourth)] == ["sent", "sent"]  # the fourth at once, over a new line
    fourth.refresh_from_db()
    assert (fourth.attempts, mail_server.connections, mail_server.taken) == (1, 3, 4)


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [
        ("550 no such user", True),
        ("550 5.1.1 no such user", True),
        ("553 mailbox name not allowed", True),
        ("550 5.7.1 we do not relay", False),
        ("552 mailbox full", False),
    ],
)
def test_a_mailbox_that_is_not_there_marks_the_address(server, answer, is_dead):
    server({"RCPT": answer})
    message = make_message()

    assert state_after(message) == "failed"
    assert answer[4:] in message.last_error
    assert is_undeliverable(message.recipient) == is_dead


@pytest.mark.parametrize("answer", ["421 closing", "550 who are you", "452 full"])
def test_what_is_said_against_the_sender_is_mended_and_tried_again(server, answer):
    server({"MAIL": answer})

    assert state_after(make_message()) == "queued"


def test_where_no_server_answers_a_sweep_ends_and_one_worker_at_a_time_asks_again(server, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "outbox.smtp.EmailBackend", "127.0.0.1", 1
    make_message(), make_message()

    assert deliver_due(now=NOW) == 1
    assert not lines.may_be_tried()
    tasks.deliver_due()
    assert Message.objects.filter(attempts=1).count() == 1

    cache.delete(lines.ASKED)  # its seconds are over
    assert [lines.may_be_tried(), lines.may_be_tried()] == [True, False]
    server()
    assert deliver_due(now=NOW + timedelta(hours=1)) == 2
    assert lines.may_be_tried()


@pytest.mark.parametrize(
    "address",
    [
        "a@laurel.example\nBcc: all@laurel.example",
        "a@laurel.example, b@laurel.example",
        "ünï@laurel.example",
        '"a\\"@laurel.example',
        "nobody",
        "",
    ],
)
def test_an_address_that_is_none_fails_with_a_sentence_and_holds_up_nobody(address, mailoutbox):
    bad, good = make_message(recipient=address), make_message(not_before=NOW + timedelta(seconds=1))

    deliver_due(now=NOW + timedelta(seconds=1))

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("failed", "sent")
    assert bad.last_error


@pytest.mark.parametrize("address", ["zoe@münchen.example", '"zoe"@laurel.example'])
def test_an_unusual_address_gets_its_mail(server, address):
    server()

    assert state_after(make_message(recipient=address)) == "sent"


# Providers ------------------------------------------------------------------------------------


@contextmanager
def provider(settings, monkeypatch, name, *answers):
    """Answers of the provider's API in order; yields what was asked."""
    settings.EMAIL_BACKEND = f"anymail.backends.{name}.EmailBackend"
    settings.ANYMAIL = {f"{name.upper()}_API_KEY": "key", "POSTMARK_SERVER_TOKEN": "token", "MAILGUN_SENDER_DOMAIN": "x.example"}
    asked, answers = [], list(answers)

    def request(self, **order):
        asked.append(order | {"key": self.headers.get("Idempotency-Key")})
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response._content = answer[0], answer[1].encode()
        return response

    monkeypatch.setattr(requests.Session, "request", request)
    yield asked
    lines.drop(lines.take()[0])


TAKEN = (200, '{"id": "r-1"}')
SILENCE = requests.ReadTimeout("silent")


def test_a_provider_that_knows_our_key_is_asked_again_by_itself(settings, monkeypatch):
    message = make_message()
    with provider(settings, monkeypatch, "resend", SILENCE, TAKEN) as asked:
        assert state_after(message) == "queued"
        assert state_after(message, NOW + timedelta(minutes=1)) == "sent"

    assert [order["key"] for order in asked] == [digest(message)] * 2
    assert (message.provider, message.provider_id, message.attempts) == ("Resend", "r-1", 2)
    assert [row.state for row in message.events.order_by("pgh_id")][:4] == ["queued", "in_flight", "unknown", "queued"]


def test_a_worker_that_died_at_such_a_provider_is_followed_by_another(settings, monkeypatch):
    message = make_message(state="in_flight", attempts=1, claimed_at=NOW, provider="Resend")
    with provider(settings, monkeypatch, "resend", TAKEN):
        give_up_waiting(now=NOW + delivery.LOST_AFTER)
        deliver_due(now=NOW + delivery.LOST_AFTER + timedelta(minutes=1))

    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.parametrize("late", ["the key is forgotten", "another provider"])
def test_what_no_key_guards_any_more_waits_for_a_person(settings, monkeypatch, late):
    message = make_message(provider="Resend", doubtful_since=NOW, attempts=1)
    name, now = ("resend", NOW + timedelta(hours=24)) if late == "the key is forgotten" else ("mailgun", NOW)
    with provider(settings, monkeypatch, name) as asked:
        assert state_after(message, now) == "unknown"

    assert asked == []


def test_a_provider_without_keys_is_not_asked_twice(settings, monkeypatch):
    message = make_message()
    with provider(settings, monkeypatch, "postmark", SILENCE) as asked:
        assert state_after(message) == "unknown"
        deliver_due(now=NOW + timedelta(days=2))

    assert len(asked) == 1


def test_brevo_says_that_it_had_taken_the_mail(settings, monkeypatch):
    message = make_message()
    duplicate = (400, '{"code": "duplicate_parameter", "message": "idempotencyKey"}')
    with provider(settings, monkeypatch, "brevo", SILENCE, duplicate) as asked:
        state_after(message)
        assert state_after(message, NOW + timedelta(minutes=1)) == "sent"

    assert asked[0]["data"] == asked[1]["data"]
    assert "idempotencyKey" in asked[0]["data"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ((429, "{}"), "queued"),
        ((401, "{}"), "queued"),
        ((422, "{}"), "failed"),
        ((500, "{}"), "unknown"),
        (requests.ConnectTimeout("nobody there"), "queued"),
    ],
)
def test_each_answer_of_a_provider_is_taken_for_what_it_says(settings, monkeypatch, answer, state):
    with provider(settings, monkeypatch, "postmark", answer):
        assert state_after(make_message()) == state


# Second thoughts ------------------------------------------------------------------------------


def test_a_mail_cancelled_between_claim_and_hand_over_stays_home(monkeypatch, mailoutbox):
    def cancelled_meanwhile(message, now):
        Message.objects.filter(pk=message.pk).update(state="cancelled")
        return ""

    monkeypatch.setattr(delivery, "refusal", cancelled_meanwhile)

    assert state_after(make_message()) == "cancelled"
    assert mailoutbox == []


def test_a_mail_refused_after_its_claim_says_why(monkeypatch, mailoutbox):
    monkeypatch.setattr(delivery, "refusal", lambda message, now: "Switched off.")
    message = make_message()

    assert (state_after(message), message.last_error) == ("cancelled", "Switched off.")
    assert mailoutbox == []

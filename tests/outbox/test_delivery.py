import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend

from outbox import delivery
from outbox.clocks import Rule
from outbox.delivery import LOST_AFTER, PAUSES, deliver, deliver_due, give_up_waiting
from outbox.handover import message_id
from outbox.models import Message, Occurrence
from tests.factories import NOW, make_message

pytestmark = pytest.mark.django_db


class TroubledBackend(EmailBackend):
    """A mail server that has the trouble it is told to have."""

    on_open = on_send = on_close = None

    def open(self):
        if self.on_open:
            raise self.on_open

    def send_messages(self, messages):
        if self.on_send:
            raise self.on_send
        return super().send_messages(messages)

    def close(self):
        if self.on_close:
            raise self.on_close


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.TroubledBackend"
    for trouble in ("on_open", "on_send", "on_close"):
        monkeypatch.setattr(TroubledBackend, trouble, None)
    return TroubledBackend


def refused(code):
    return smtplib.SMTPRecipientsRefused({"reader@laurel.example": (code, b"no such mailbox")})


def test_a_due_message_is_handed_over_and_marked(mailoutbox):
    message = make_message(reply_to="csm@laurel.example")

    assert deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.claimed_at, message.sent_at) == ("sent", 1, NOW, NOW)
    [mail] = mailoutbox
    assert (mail.to, mail.subject, mail.reply_to) == ([message.recipient], message.subject, ["csm@laurel.example"])
    assert mail.alternatives == [("<p>Something to read.</p>", "text/html")]


@pytest.mark.parametrize("state", [state for state in Message.State.values if state != "queued"])
def test_nothing_but_a_queued_message_is_handed_over(state, mailoutbox):
    message = make_message(state=state)

    assert not deliver(message.pk, now=NOW)
    assert mailoutbox == []


def test_a_message_waits_for_its_time(mailoutbox):
    message = make_message(not_before=NOW + timedelta(minutes=1))

    assert not deliver(message.pk, now=NOW)
    assert deliver(message.pk, now=NOW + timedelta(minutes=1))


def test_a_message_that_is_gone_is_nothing_to_do():
    assert not deliver(0, now=NOW)


def test_the_sweep_delivers_all_that_is_due_and_nothing_twice(mailoutbox):
    make_message(not_before=NOW - timedelta(days=3))
    make_message()
    make_message(not_before=NOW + timedelta(seconds=1))

    assert deliver_due(now=NOW) == 2
    assert deliver_due(now=NOW) == 0
    assert len(mailoutbox) == 2


def test_a_sweep_ends_before_its_task_is_killed(mailoutbox, monkeypatch):
    monkeypatch.setattr(delivery, "SWEEP_SECONDS", -1)
    make_message()

    assert deliver_due(now=NOW) == 0


@pytest.mark.parametrize(
    ("when", "error"),
    [
        ("on_open", ConnectionRefusedError("refused")),
        ("on_open", smtplib.SMTPAuthenticationError(535, b"wrong password")),
        ("on_open", smtplib.SMTPConnectError(421, b"busy")),
        ("on_send", smtplib.SMTPSenderRefused(451, b"try later", "laurel@localhost")),
        ("on_send", smtplib.SMTPDataError(452, b"full")),
        ("on_send", refused(450)),
    ],
)
def test_what_was_certainly_not_taken_for_now_is_tried_again_after_a_pause(when, error, server, monkeypatch):
    monkeypatch.setattr(server, when, error)
    message = make_message()

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert (message.state, message.not_before) == ("queued", NOW + timedelta(minutes=1))
    assert message.last_error


def test_a_mail_whose_reason_cannot_be_asked_is_tried_again_and_holds_up_no_other(mailoutbox, monkeypatch):
    def broken(_now):
        raise ZeroDivisionError

    rule = Rule(code="broken", label="Broken", distances="", ends="", find=broken, act=lambda due, now: None, asks_again=True)
    monkeypatch.setattr("outbox.clocks.registry._rules", {"broken": rule})
    about = make_message(not_before=NOW + timedelta(days=1))
    occurrence = Occurrence.objects.create(rule="broken", about=about, mark="once", due_at=NOW, state="written", created_at=NOW)
    message, other = make_message(occurrence=occurrence), make_message()

    deliver_due(now=NOW)

    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, other.state) == ("queued", "sent")
    assert message.not_before >= NOW + timedelta(minutes=1)


def test_the_pauses_grow_up_to_a_day_and_then_the_message_has_failed(server):
    server.on_open = ConnectionRefusedError("refused")
    message = make_message()
    attempts, now = [], NOW
    while message.state == "queued":
        now = message.not_before
        attempts.append(now)
        deliver(message.pk, now=now)
        message.refresh_from_db()

    pauses = [after - before for before, after in zip(attempts, attempts[1:], strict=False)]
    assert pauses == PAUSES == sorted(PAUSES)
    assert pauses[-1] == timedelta(days=1)
    assert (message.state, message.attempts) == ("failed", len(PAUSES) + 1)


@pytest.mark.parametrize("error", [refused(550), smtplib.SMTPDataError(554, b"spam")])
def test_what_is_refused_for_good_has_failed(error, server):
    server.on_send = error
    message = make_message()

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.state == "failed"
    assert str(error) in message.last_error


def test_a_mail_that_cannot_be_written_has_failed(mailoutbox):
    message = make_message(subject="Two\nlines")

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.state == "failed"
    assert mailoutbox == []


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("closed"), TimeoutError("silent"), RuntimeError("?")])
def test_what_breaks_off_in_the_middle_is_unknown_and_not_sent_again(error, server, mailoutbox):
    server.on_send = error
    message = make_message()
    deliver(message.pk, now=NOW)
    server.on_send = None

    deliver_due(now=NOW + timedelta(days=30))

    message.refresh_from_db()
    assert message.state == "unknown"
    assert mailoutbox == []


def test_a_server_that_fails_to_say_good_bye_has_taken_the_mail(server):
    server.on_close = smtplib.SMTPServerDisconnected("closed")
    message = make_message()

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.state == "sent"


def test_each_attempt_carries_the_same_message_id_and_each_message_its_own(server, mailoutbox):
    server.on_open = ConnectionRefusedError("refused")
    message, other = make_message(), make_message()
    deliver(message.pk, now=NOW)
    server.on_open = None

    deliver_due(now=NOW + timedelta(hours=1))

    first, second = [mail.extra_headers["Message-ID"] for mail in mailoutbox]
    assert first != second
    assert {first, second} == {message_id(row) for row in (message, other)}


def test_a_message_whose_worker_died_becomes_unknown_and_stays_so(mailoutbox):
    message = make_message(state="in_flight", attempts=1, claimed_at=NOW)

    assert give_up_waiting(now=NOW + LOST_AFTER - timedelta(seconds=1)) == 0
    assert give_up_waiting(now=NOW + LOST_AFTER) == 1
    deliver_due(now=NOW + timedelta(days=30))

    message.refresh_from_db()
    assert message.state == "unknown"
    assert mailoutbox == []


def test_a_slow_worker_that_comes_back_says_what_it_knows(monkeypatch):
    message = make_message()
    monkeypatch.setattr(delivery, "hand_over", lambda row: str(give_up_waiting(now=NOW + LOST_AFTER)))

    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.state == "sent"


def test_a_slow_worker_leaves_a_later_attempt_alone(monkeypatch):
    message = make_message()

    def overtaken(row):
        Message.objects.filter(pk=row.pk).update(state="in_flight", attempts=2)
        return ""

    monkeypatch.setattr(delivery, "hand_over", overtaken)
    deliver(message.pk, now=NOW)

    message.refresh_from_db()
    assert message.state == "in_flight"


def test_the_history_holds_only_moves_of_the_table(server):
    server.on_open = ConnectionRefusedError("refused")
    message = make_message()
    deliver(message.pk, now=NOW)
    server.on_open = None
    deliver(message.pk, now=NOW + timedelta(minutes=1))

    states = list(message.events.order_by("pgh_id").values_list("state", flat=True))

    assert states == ["queued", "in_flight", "failed", "queued", "in_flight", "sent"]
    assert all(after in Message.TRANSITIONS[before] for before, after in zip(states, states[1:], strict=False))

"""A customer whose form was open when the call closed."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from nominations.models import Nomination, SelfNomination
from nominations.services import extend_deadline
from outbox.models import Message
from tests.factories import NOW, make_account, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    make_account(domain="berg.example", csm=make_user("csm"))
    return make_program(now=NOW)


@pytest.fixture
def late(client, program, time_machine):
    """The minute after the close, in the customer's browser."""
    time_machine.move_to(program.closes_at + timedelta(minutes=1), tick=False)
    return client


def form(program):
    return {
        "form_key": uuid.uuid4(),
        "name": "Ada Berg",
        "email": "ada@berg.example",
        "company": "Berg AG",
        "title": "COO",
        "headline": "Two days instead of nine",
        "business_outcome": "Two days.",
        "before_state": "Nine days.",
        "narrative": "One queue.",
        "human_element": "The night shift goes home.",
        "categories": [program.categories.get().pk],
        "agreed": "on",
    }


def send_and_confirm(client, program):
    sent = client.post(reverse("nominate-yourself", args=[program.slug]), form(program))
    mail = Message.objects.get(kind="confirm_self_nomination")
    url = reverse("confirm-nomination", args=[re.search(r"/programs/confirm/([^/\s]+)/", mail.text)[1]])
    return sent.text, client.post(url, follow=True).text


def test_what_they_wrote_is_kept_and_the_pages_say_so(late, program):
    sent, confirmed = send_and_confirm(late, program)
    assert "What you wrote is kept" in sent
    assert "Your nomination is kept" in confirmed
    assert "Your nomination counts" not in confirmed
    nomination = Nomination.objects.get()
    assert (nomination.status, nomination.headline) == ("draft", "Two days instead of nine")


def test_given_more_time_it_takes_part_with_their_yes(late, program):
    send_and_confirm(late, program)
    until, now = program.closes_at + timedelta(days=1), program.closes_at + timedelta(hours=2)
    extend_deadline(nomination=Nomination.objects.get(), until=until, by=make_user("advocacy_team"), why="A minute.", now=now)
    nomination = Nomination.objects.get()
    assert (nomination.status, nomination.reply.answer) == ("submitted", "yes")


def test_the_closed_page_is_shown_to_who_comes_after(late, program):
    text = late.get(reverse("nominate-yourself", args=[program.slug])).text
    assert "Nominations are not open" in text
    assert "is kept" not in text


def test_before_the_call_opens_nothing_is_kept(client, time_machine):
    program = make_program(now=NOW, phase="planned")
    time_machine.move_to(NOW, tick=False)
    client.post(reverse("nominate-yourself", args=[program.slug]), form(program))
    assert not SelfNomination.objects.exists()

"""One function a message."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import Ask, User
from advocacy.walltime import in_words
from outbox.models import Message
from outbox.services import absolute_url, write_message


def word_wanted(ask: Ask, people: list[User], *, now: datetime) -> list[Message]:
    """To whoever looks after the customer: another team wants to ask."""
    return [
        write_message(
            kind="ask_word",
            about=ask,
            recipient=person.email,
            occurrence="at-once",
            subject=_("Waiting for your word: %(activity)s with %(advocate)s")
            % {"activity": ask.activity_type, "advocate": ask.advocate},
            template="ask_word",
            reply_to=ask.asked_by.email,
            not_before=now,
            context={
                "person": person,
                "ask": ask,
                "held_until": in_words(ask.held_until, person.time_zone),
                "link": absolute_url(reverse("ask", args=[ask.pk])),
                "link_text": _("Say yes or not now"),
            },
        )
        for person in people
    ]


def word_given(ask: Ask, *, answer: str, now: datetime, why: str = "") -> Message:
    """To the asker: allowed, refused or lapsed."""
    subjects = {
        "allowed": _("You may ask: %(ask)s"),
        "refused": _("Not now: %(ask)s"),
        "lapsed": _("No answer in time: %(ask)s"),
    }
    return write_message(
        kind="ask_word_given",
        about=ask,
        recipient=ask.asked_by.email,
        occurrence=answer,
        subject=subjects[answer] % {"ask": ask},
        template="ask_word_given",
        not_before=now,
        context={
            "ask": ask,
            "answer": answer,
            "why": why,
            "link": absolute_url(reverse("ask", args=[ask.pk])),
            "link_text": _("Open the ask"),
        },
    )

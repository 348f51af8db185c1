"""To both sides after a conversation, and to the customer what came of it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import User
from outbox.models import Message
from outbox.services import absolute_url
from references.call_mails.writing import write
from references.models import Candidate

WIN = "deal_won"
DEBRIEF = "debrief_wanted"


def debrief_wanted(
    candidate: Candidate, *, recipient: str, name: str, token: str, reply_to: User | None, now: datetime
) -> Message:
    """To either side after the conversation: three questions. Once for each time agreed."""
    at = candidate.request.scheduled_for
    return write(
        DEBRIEF,
        candidate,
        recipient=recipient,
        occurrence=f"{at:%Y%m%d%H%M}",
        subject=_("Three questions about your conversation"),
        context={
            "name": name,
            "paragraphs": [_("thank you for taking the time. How was it? Three questions, two minutes.")],
            "closing": [_("Did it not take place? Say so on the same page.")],
            "sender": reply_to,
            "link": absolute_url(reverse("after-call", args=[token])),
            "link_text": _("Answer three questions"),
            "why": _("You get this mail because of the conversation we arranged."),
        },
        reply_to=reply_to,
        not_before=now,
    )


def thanks(candidate: Candidate, *, text: str, to: str, contact: User | None) -> Message:
    """To the customer: what came of it, in the requester's words. Once."""
    return write(
        "customer_thanks",
        candidate,
        recipient=to,
        occurrence="thanks",
        subject=_("Thank you: what came of your conversation"),
        context={
            "name": candidate.advocate.name,
            "paragraphs": text.split("\n\n"),
            "sender": candidate.request.requester,
            "why": _("You get this mail because you spoke with a prospect of ours."),
        },
        reply_to=contact,
    )


def deal_won(candidate: Candidate, *, to: str, contact: User | None, now: datetime) -> Message:
    """To the customer, once: the company they spoke with is a customer now. It claims no cause."""
    return write(
        WIN,
        candidate,
        recipient=to,
        occurrence="won",
        subject=_("The company you spoke with is a customer now"),
        context={
            "name": candidate.advocate.name,
            "paragraphs": [
                _("you took the time to speak with a company that was making up its mind. It has decided for us."),
                _("Many things go into such a decision. You were one of the voices they heard: thank you."),
            ],
            "sender": contact,
            "why": _("You get this mail because you spoke with a prospect of ours."),
        },
        reply_to=contact,
        not_before=now,
    )

"""What every mail around a conversation is made of."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import Attachment, write_message
from references.models import Candidate
from references.sight import sight_of


def to_requester(
    candidate: Candidate,
    *,
    kind: str,
    occurrence: str,
    subject: str,
    paragraphs: list[str],
    link: str,
    link_text: str,
    now: datetime,
    facts: Sequence = (),
    not_before: datetime | None = None,
) -> Message:
    """To the requester, with the advocate as far as they may know them, whoever wrote the words."""
    requester, advocate = candidate.request.requester, candidate.advocate
    sight = sight_of(requester, advocate, advocate.search_row, day_of(now))
    return write(
        kind,
        candidate,
        recipient=requester.email,
        occurrence=occurrence,
        subject=subject,
        context={
            "name": requester.get_short_name(),
            "paragraphs": [*(sight.tell(paragraph, advocate) for paragraph in paragraphs), sight.describe(advocate)],
            "facts": facts,
            "link": link,
            "link_text": link_text,
            "why": _("You get this mail because you asked for a reference."),
        },
        not_before=not_before,
    )


def write(
    kind: str,
    candidate: Candidate,
    *,
    recipient: str,
    occurrence: str,
    subject: str,
    context: dict,
    reply_to: User | None = None,
    attachments: Sequence[Attachment] = (),
    not_before: datetime | None = None,
) -> Message:
    return write_message(
        kind=kind,
        about=candidate,
        recipient=recipient,
        occurrence=occurrence,
        subject=subject,
        template=kind,
        context=context,
        reply_to=reply_to.email if reply_to else "",
        attachments=attachments,
        not_before=not_before,
    )

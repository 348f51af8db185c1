"""To both sides: the time agreed, or that it is off, with the entry for the calendar."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.models import User
from outbox.models import Message
from outbox.services import Attachment
from references import briefs
from references.call_mails.writing import write
from references.models import Candidate


@dataclass(frozen=True)
class Side:
    """Whom we write to, and who of ours answers them; the prospect's side is the requester where no address is known."""

    name: str
    person: str
    email: str
    contact: User | None
    intro: str
    link: str = ""
    is_ours: bool = False


def invited(candidate: Candidate, *, side: Side, file: Attachment, brief: briefs.Brief, moved: bool, sequence: int) -> Message:
    """To one side: the time, the brief behind a link, and the entry for the calendar."""
    return write(
        "call_agreed",
        candidate,
        recipient=side.email,
        occurrence=f"{side.name}-{sequence}",
        subject=(_("New time: %(when)s") if moved else _("Agreed: %(when)s")) % {"when": brief.when},
        context={
            "name": side.person,
            "paragraphs": [side.intro],
            "facts": _facts(brief, side.contact),
            "closing": [
                _("The attached file puts it into your calendar. The page has the brief, and helps when you cannot make it.")
            ],
            "sender": side.contact,
            "link": side.link,
            "link_text": _("Read the brief"),
            "why": _("You get this mail because of the conversation we arranged."),
        },
        reply_to=side.contact,
        attachments=[file],
    )


def _facts(brief, contact):
    facts = [
        (_("When"), brief.when),
        (_("On the other side's clock"), brief.when_there),
        (_("Minutes"), brief.minutes),
        (_("Format"), brief.format),
        (_("Where"), brief.place or _("%(who)s tells you beforehand.") % {"who": contact or _("Your contact")}),
        (_("Whom you meet"), ", ".join(brief.whom)),
    ]
    return [(label, value) for label, value in facts if value]


def called_off(candidate: Candidate, *, side: Side, why: str, files: list[Attachment], occurrence: str) -> Message:
    """To one side: it is off, with the entry that takes it out of the calendar."""
    return write(
        "call_off",
        candidate,
        recipient=side.email,
        occurrence=f"{side.name}-{occurrence}",
        subject=_("Cancelled: our conversation") if files else _("No longer needed: our question to you"),
        context={
            "name": side.person,
            "paragraphs": [side.intro, why] if side.is_ours else [why],
            "closing": [_("The attached file takes it out of your calendar.")] if files else [],
            "sender": side.contact,
            "why": _("You get this mail because of the conversation we arranged."),
        },
        reply_to=side.contact,
        attachments=files,
    )

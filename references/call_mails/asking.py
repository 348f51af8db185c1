"""To the customer before a conversation, and to their CSM what they answered."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import User
from outbox.models import Message
from outbox.services import absolute_url, preview_message
from references import briefs, times
from references.call_mails.writing import write
from references.models import Candidate, ReferenceRequest

ASKED = "customer_asked"


def customer_asked(candidate: Candidate, *, token: str, again: str = "", now: datetime) -> Message:
    """To the customer: would you? Answers to the mail go to their CSM. `again` says why they are asked once more."""
    context, contact = question(candidate, link=absolute_url(reverse("speak", args=[token])), again=again, now=now)
    return write(
        ASKED,
        candidate,
        recipient=candidate.advocate.email,
        occurrence=f"{now:%Y%m%d%H%M}",
        subject=subject_of_question(candidate.request),
        context=context,
        reply_to=contact,
    )


def preview_of_question(candidate: Candidate, now: datetime) -> tuple[str, str]:
    context, contact = question(candidate, link=_("(a link for this person alone)"), again="", now=now)
    subject, reply_to = subject_of_question(candidate.request), contact.email if contact else ""
    return preview_message(subject=subject, template=ASKED, context=context, reply_to=reply_to)


def subject_of_question(request: ReferenceRequest) -> str:
    if briefs.is_written(request):
        return _("Would you answer a few questions in writing?")
    return _("Would you speak with somebody who stands where you stood?")


def question(candidate: Candidate, *, link: str, again: str, now: datetime) -> tuple[dict, User | None]:
    """What the customer is asked, and who reads their answer."""
    request, contact = candidate.request, briefs.contact_of(candidate, now)
    brief = briefs.brief_of_advocate(request, candidate, now)
    day = date_format(request.needed_by, "j F Y")
    if briefs.is_written(request):
        what = _("a company that is thinking about our product would like to read what you made of it.")
        how = _("They need a few lines from you by %(day)s. Yes, no and later are all good answers.") % {"day": day}
    else:
        what = _("a company that is thinking about our product would like to hear from somebody who uses it.")
        how = _("It takes %(minutes)s minutes (%(format)s), by %(day)s. Yes, no and later are all good answers.") % {
            "minutes": request.minutes,
            "format": brief.format.lower(),
            "day": day,
        }
    context = {
        "name": candidate.advocate.name,
        "paragraphs": [again, what, how] if again else [what, how],
        "facts": [(_("Whom you would meet"), ", ".join(brief.whom)), *brief.hears],
        "closing": [_("The link is for you alone. Your address and number go to nobody.")],
        "sender": contact,
        "link": link,
        "link_text": _("Read it and answer"),
        "why": _("You get this mail because you told us that we may ask you for this."),
    }
    return context, contact


def customer_answered(candidate: Candidate, *, to: User, answer: str, details: str, now: datetime) -> Message:
    """To the CSM: what the customer said on their page."""
    return write(
        "customer_answered",
        candidate,
        recipient=to.email,
        occurrence=f"{now:%Y%m%d%H%M%S%f}",
        subject=_("%(who)s answered: %(answer)s") % {"who": candidate.advocate, "answer": answer},
        context={
            "name": to.get_short_name(),
            "paragraphs": [
                _("%(who)s answered for %(request)s: %(answer)s")
                % {"who": candidate.advocate, "request": candidate.request, "answer": answer}
            ],
            "quote": details,
            "link": absolute_url(candidate.request.get_absolute_url()),
            "link_text": _("Open the request"),
            "why": _("You get this mail because you look after this customer."),
        },
    )


def times_kept(candidate: Candidate, *, token: str, starts: list[datetime], now: datetime) -> Message:
    """To the customer: the times they offered, and a link to change them."""
    zone, contact = briefs.zone_of_advocate(candidate), briefs.contact_of(candidate, now)
    return write(
        "customer_times",
        candidate,
        recipient=candidate.advocate.email,
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_("Thank you: we have your times"),
        context={
            "name": candidate.advocate.name,
            "paragraphs": [_("thank you. These are the times you keep free until the other side chooses one:")],
            "facts": [(str(number), times.shown(at, zone)) for number, at in enumerate(starts, start=1)],
            "closing": [_("You get an invitation for the one they choose; the others are yours again.")],
            "sender": contact,
            "link": absolute_url(reverse("speak", args=[token])),
            "link_text": _("Change the times"),
            "why": _("You get this mail because you offered to speak with a prospect of ours."),
        },
        reply_to=contact,
    )


def promised_in_writing(candidate: Candidate, *, token: str, now: datetime) -> Message:
    """To the customer who writes: what, until when, and to whom."""
    request, contact = candidate.request, briefs.contact_of(candidate, now)
    return write(
        "customer_writes",
        candidate,
        recipient=candidate.advocate.email,
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_("Thank you: your lines by %(day)s") % {"day": date_format(request.needed_by, "j F Y")},
        context={
            "name": candidate.advocate.name,
            "paragraphs": [_("thank you. Answer this mail with your lines; we pass them on without your address.")],
            "facts": briefs.brief_of_advocate(request, candidate, now).hears,
            "sender": contact,
            "link": absolute_url(reverse("speak", args=[token])),
            "link_text": _("Read the brief, or say that you cannot"),
            "why": _("You get this mail because you offered to write to a prospect of ours."),
        },
        reply_to=contact,
    )

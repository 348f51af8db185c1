"""Entries for the calendars of both sides: one meeting a side, which every change replaces and an end takes out."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlparse

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.calendar import CANCEL, REQUEST, Meeting, Person, entry
from outbox.services import absolute_url
from references import briefs, call_mails
from references.call_mails import Side
from references.models import Candidate, ReferenceRequest
from references.services.ways_in import link_for_advocate, link_for_prospect

ADVOCATE, PROSPECT = "advocate", "prospect"


def sides_of(request: ReferenceRequest, candidate: Candidate, now: datetime) -> list[Side]:
    """Both, each with whoever of ours passes the mail on where no address is known."""
    advocate = candidate.advocate
    about_advocate = _("a time is found for the conversation you offered. Thank you.")
    about_prospect = _("a time is found for your conversation with our customer.")
    contact = briefs.contact_of(candidate, now)
    if advocate.email:
        sides = [Side(ADVOCATE, advocate.name, advocate.email, contact, about_advocate)]
    else:
        intro = _("we know no address of your customer %(who)s: please pass this on.") % {"who": advocate.name}
        sides = [Side(ADVOCATE, contact.get_short_name(), contact.email, contact, intro, is_ours=True)] if contact else []
    requester = request.requester
    if request.prospect_email:
        sides.append(Side(PROSPECT, request.prospect_name, request.prospect_email, requester, about_prospect))
    else:
        intro = _("a time is found. We know no address of the prospect: please pass this invitation on.")
        sides.append(Side(PROSPECT, requester.get_short_name(), requester.email, requester, intro, is_ours=True))
    return sides


def invite(*, request: ReferenceRequest, candidate: Candidate, moved: bool, now: datetime) -> None:
    """Send both sides the time agreed, as a change of the entry they may have."""
    _count(candidate)
    for side in sides_of(request, candidate, now):
        side = replace(side, link=_link(side, request, candidate, now))
        brief = _brief(side, request, candidate, now)
        file = entry(_meeting(side, request, candidate, brief), method=REQUEST, now=now)
        call_mails.invited(candidate, side=side, file=file, brief=brief, moved=moved, sequence=candidate.invitation)


def take_back(*, request: ReferenceRequest, candidate: Candidate, why: str, now: datetime) -> None:
    """Take the entry out of both calendars, and say why; of a time that has begun nobody hears."""
    _count(candidate)
    for side in sides_of(request, candidate, now):
        file = _cancelled(side, request, candidate, now)
        call_mails.called_off(candidate, side=side, why=why, files=[file], occurrence=str(candidate.invitation))


def free_advocate(
    *, request: ReferenceRequest, candidate: Candidate, now: datetime, why: str = "", said_no: bool = False
) -> None:
    """The advocate is out, or the request has ended: whoever knew of it hears so, and calendars are emptied.

    Call it while `scheduled_for` still stands. `why` is a sentence for the customer; after their own no
    they get a word of thanks. The prospect hears only what was agreed with them, and no reason.
    """
    candidate.request = request
    if said_no:
        words = _("you told us that you cannot. That is all right: you are free, and nobody asks you about this again.")
    else:
        words = why or _("we do not need you for this any more: you are free again. Thank you for being ready to help.")
    theirs = _("the conversation with our customer does not take place as agreed. Whoever looks after you tells you more.")
    is_agreed = request.scheduled_for is not None and candidate.invitation > 0 and request.scheduled_for > now
    if is_agreed:
        _count(candidate)
    for side in sides_of(request, candidate, now):
        if not is_agreed and side.name == PROSPECT:
            continue
        files = [_cancelled(side, request, candidate, now)] if is_agreed else []
        text = words if side.name == ADVOCATE else theirs
        call_mails.called_off(candidate, side=side, why=text, files=files, occurrence=f"freed-{candidate.invitation}")


def _count(candidate):
    """Of two entries of one meeting calendars keep the one with the higher number."""
    candidate.invitation += 1
    candidate.save(update_fields=["invitation"])


def _cancelled(side, request, candidate, now):
    return entry(_meeting(side, request, candidate, _brief(side, request, candidate, now)), method=CANCEL, now=now)


def _link(side, request, candidate, now):
    if side.is_ours:
        return absolute_url(reverse("request-brief", args=[request.pk, side.name]))
    if side.name == ADVOCATE:
        return absolute_url(reverse("speak", args=[link_for_advocate(candidate, now)]))
    return absolute_url(reverse("meet", args=[link_for_prospect(candidate, now)]))


def _brief(side, request, candidate, now):
    write = briefs.brief_of_advocate if side.name == ADVOCATE else briefs.brief_of_prospect
    return write(request, candidate, now)


def _meeting(side, request, candidate, brief):
    contact = side.contact or request.requester
    return Meeting(
        uid=f"conversation-{candidate.pk}-{side.name}@{urlparse(settings.SITE_URL).hostname or 'localhost'}",
        sequence=candidate.invitation,
        starts_at=request.scheduled_for,
        minutes=request.minutes,
        summary=_("Conversation with %(whom)s") % {"whom": brief.whom[0]},
        description="\n".join([brief.format, *brief.whom, brief.when, _("Questions: %(who)s") % {"who": contact.name}]),
        place=brief.place,
        organizer=Person(name=contact.name, email=contact.email),
        attendee=Person(name=side.person, email=side.email),
    )

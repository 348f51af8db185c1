"""One function a message."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.roles import ADVOCACY_TEAM
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import absolute_url, write_message
from references.models import Candidate, ReferenceRequest, UnmetNeed
from references.sight import sight_of


def approval_wanted(candidate: Candidate, *, now: datetime, again: bool = False) -> list[Message]:
    """To the CSM, the deputy or the team: sales asks for this customer."""
    request, advocate = candidate.request, candidate.advocate
    subject = _("Waiting for your word: %(activity)s with %(advocate)s")
    words = {"activity": request.activity_type, "advocate": advocate}
    return [
        write_message(
            kind="request_approval",
            about=candidate,
            recipient=person.email,
            occurrence="again" if again else "at-once",
            subject=(_("Still waiting: %(activity)s with %(advocate)s") if again else subject) % words,
            template="request_approval",
            reply_to=request.requester.email,
            context={
                "person": person,
                "request": request,
                "advocate": advocate,
                "held_until": candidate.ask.held_until and candidate.ask.held_until.astimezone(ZoneInfo(person.time_zone)),
                "again": again,
                "link": absolute_url(request.get_absolute_url()),
                "link_text": _("Answer the request"),
            },
        )
        for person in responsible_for(advocate.account, day_of(now))
    ]


def request_answered(
    request: ReferenceRequest, candidate: Candidate | None, *, answer: str, now: datetime, why: str = "", occurrence: str = ""
) -> Message:
    """To the requester: approved, declined, scheduled or lapsed. Names only as far as the requester may know them."""
    subjects = {
        "approved": _("Approved: %(request)s"),
        "declined": _("Not this time: %(request)s"),
        "scheduled": _("Scheduled: %(request)s"),
        "lapsed": _("No answer in time: %(request)s"),
    }
    sight = sight_of(request.requester, candidate.advocate, candidate.advocate.search_row, day_of(now)) if candidate else None
    ended = answer in ("declined", "lapsed")
    again = f"{reverse('request-new')}?again={request.pk}"
    return write_message(
        kind="request_answered",
        about=request,
        recipient=request.requester.email,
        occurrence=":".join(part for part in (answer, str(candidate.pk) if candidate else "", occurrence) if part),
        subject=subjects[answer] % {"request": request},
        template="request_answered",
        context={
            "request": request,
            "takes_place": request.scheduled_for and request.scheduled_for.astimezone(ZoneInfo(request.requester.time_zone)),
            "label": sight.describe(candidate.advocate) if candidate else "",
            "answer": answer,
            "why": why or (sight.tell(candidate.note, candidate.advocate) if candidate else ""),
            "link": absolute_url(again if ended else request.get_absolute_url()),
            "link_text": _("Ask somebody else") if ended else _("Open the request"),
        },
    )


def reference_wanted(need: UnmetNeed) -> list[Message]:
    """To the advocacy team: somebody searched in vain and asks for help."""
    return [
        write_message(
            kind="reference_wanted",
            about=need,
            recipient=person.email,
            occurrence="at-once",
            subject=_("%(user)s found no reference: %(need)s") % {"user": need.user, "need": need},
            template="reference_wanted",
            reply_to=need.user.email,
            context={
                "person": person,
                "need": need,
                "link": absolute_url(reverse("need", args=[need.pk])),
                "link_text": _("Open the need"),
            },
        )
        for person in User.objects.role(ADVOCACY_TEAM)
    ]

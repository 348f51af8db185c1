"""To our own people, while a request waits for them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.links import issue_link
from advocacy.models import SecretLink, User
from advocacy.people import responsible_for
from advocacy.roles import ADVOCACY_TEAM
from advocacy.walltime import in_words
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import absolute_url, write_message
from references.models import Candidate, ReferenceRequest


def approval_wanted(candidate: Candidate, *, now: datetime, again: bool = False, handed_over: bool = False) -> list[Message]:
    """To the CSM, the deputy or the team: sales asks for this customer. The link answers without a sign-in."""
    people = responsible_for(candidate.advocate.account, day_of(now))
    occurrence = "again" if again else f"from-{now:%Y%m%d%H%M}" if handed_over else "at-once"
    return [_approval_wanted(candidate, person, occurrence, again=again, now=now) for person in people]


def _approval_wanted(candidate, person, occurrence, *, again, now):
    request, advocate, ask = candidate.request, candidate.advocate, candidate.ask
    subject = _("Still waiting: %(what)s with %(who)s") if again else _("Waiting for your word: %(what)s with %(who)s")
    token = issue_link(
        purpose=SecretLink.Purpose.APPROVE_REFERENCE, about=candidate, expires_at=ask.held_until, detail=str(person.pk)
    )
    return write_message(
        kind="request_approval",
        about=candidate,
        recipient=person.email,
        occurrence=occurrence,
        subject=subject % {"what": request.activity_type, "who": advocate},
        template="request_approval",
        reply_to=request.requester.email,
        context={
            "person": person,
            "request": request,
            "advocate": advocate,
            "held_until": in_words(ask.held_until, person.time_zone),
            "again": again,
            "link": absolute_url(reverse("approve-by-link", args=[token])),
            "link_text": _("Answer in one click"),
            "page": absolute_url(request.get_absolute_url()),
        },
        not_before=now,
    )


def team_wanted(request: ReferenceRequest, *, now: datetime) -> list[Message]:
    """To the advocacy team: a request waits for somebody to be found."""
    return [
        _to_colleague(
            request,
            person,
            kind="request_for_team",
            occurrence=f"{now:%Y%m%d%H%M}",
            subject=_("Find somebody: %(request)s") % {"request": request},
            link=f"{reverse('advocates')}?request={request.pk}",
            link_text=_("Find an advocate"),
            now=now,
        )
        for person in User.objects.role(ADVOCACY_TEAM)
    ]


def step_overdue(request: ReferenceRequest, *, now: datetime) -> list[Message]:
    """To whoever holds the request and their manager; where there is none, or the team holds it, to the team."""
    holder = request.holder
    manager = holder and holder.manager
    team = list(User.objects.role(ADVOCACY_TEAM))
    people = [holder] if holder and holder.is_active else []
    people += [manager] if manager and manager.is_active else team
    return [
        _to_colleague(
            request,
            person,
            kind="request_overdue",
            occurrence=f"{request.due_at:%Y%m%d%H%M}",
            subject=_("Overdue: %(request)s") % {"request": request},
            link=request.get_absolute_url(),
            link_text=_("Open the request"),
            now=now,
        )
        for person in dict.fromkeys(people)
    ]


def _to_colleague(request, person, *, kind, occurrence, subject, link, link_text, now):
    return write_message(
        kind=kind,
        about=request,
        recipient=person.email,
        occurrence=occurrence,
        subject=subject,
        template=kind,
        reply_to=request.requester.email,
        context={
            "person": person,
            "request": request,
            "is_holder": person == request.holder,
            "due": request.due_at and in_words(request.due_at, person.time_zone),
            "link": absolute_url(link),
            "link_text": link_text,
        },
        not_before=now,
    )

"""To the requester. Names only as far as they may know them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import absolute_url, write_message
from references.models import Candidate, ReferenceRequest
from references.sight import sight_of
from references.telling import teller


def request_answered(
    request: ReferenceRequest,
    candidate: Candidate | None,
    *,
    answer: str,
    now: datetime,
    why: str = "",
    before: Candidate | None = None,
    occurrence: str = "",
) -> Message:
    """Approved, scheduled, the next one asked in place of `before`, a person is to choose, or called off."""
    subjects = {
        "approved": _("Approved: %(request)s"),
        "scheduled": _("Scheduled: %(request)s"),
        "next": _("The next one is asked: %(request)s"),
        "choose": _("Not this one: %(request)s"),
        "called_off": _("Called off: %(request)s"),
    }
    on = day_of(now)
    takes_place = request.scheduled_for and in_words(request.scheduled_for, request.requester.time_zone)
    return _to_requester(
        request,
        now=now,
        occurrence=":".join(part for part in (answer, str(candidate.pk) if candidate else "", occurrence) if part),
        subject=subjects[answer] % {"request": request},
        answer=answer,
        takes_place=takes_place,
        label=label_for(candidate, request.requester, on),
        before=label_for(before, request.requester, on),
        why=teller(request, request.requester, on)(why),
        due=request.due_at and in_words(request.due_at, request.requester.time_zone),
        link=request.get_absolute_url(),
        link_text=_("Open the request"),
    )


def nobody_found(request: ReferenceRequest, *, why: str, now: datetime) -> Message:
    """An answer too: who was tried, and what became of each."""
    tell, tried = teller(request, request.requester, day_of(now)), _tried(request, now)
    return _to_requester(
        request,
        now=now,
        occurrence="nobody",
        subject=_("Nobody could be found: %(request)s") % {"request": request},
        answer="nobody",
        tried=tried,
        why="" if tried else tell(why),
        link=f"{reverse('request-new')}?again={request.pk}",
        link_text=_("Ask again"),
    )


def answer_late(request: ReferenceRequest, *, now: datetime) -> Message:
    """The promised time has passed: whose turn it is, until when, and who was tried."""
    zone = request.requester.time_zone
    return _to_requester(
        request,
        now=now,
        occurrence=f"late:{request.overall_due_at:%Y%m%d%H%M}",
        subject=_("Later than promised: %(request)s") % {"request": request},
        answer="late",
        promised=in_words(request.overall_due_at, zone),
        holder=request.holder,
        due=request.due_at and in_words(request.due_at, zone),
        tried=_tried(request, now),
        link=request.get_absolute_url(),
        link_text=_("Open the request"),
    )


def _tried(request, now):
    on = day_of(now)
    tell = teller(request, request.requester, on)
    tried = request.candidates.exclude(decided_at__isnull=True).exclude(state=Candidate.State.APPROVED)
    tried = tried.select_related("advocate__account__industry", "advocate__search_row").order_by("decided_at", "pk")
    return [(label_for(candidate, request.requester, on), tell(candidate.note)) for candidate in tried]


def label_for(candidate, user, on):
    """Whom a mail speaks of, as `user` may know them; empty for nobody."""
    if candidate is None:
        return ""
    return sight_of(user, candidate.advocate, candidate.advocate.search_row, on).describe(candidate.advocate)


def _to_requester(request, *, occurrence, subject, now, **context):
    return write_message(
        kind="request_answered",
        about=request,
        recipient=request.requester.email,
        occurrence=occurrence,
        subject=subject,
        template="request_answered",
        context={**context, "request": request, "link": absolute_url(context["link"])},
        not_before=now,
    )

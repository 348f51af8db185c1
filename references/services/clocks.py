"""What happens when nobody does anything. Found by query, so that two clocks are harmless and a missed tick is made up."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.models import Ask
from advocacy.working_time import day_of
from references import emails
from references.models import Candidate, ReferenceRequest
from references.services import steps

REMIND_AFTER = timedelta(days=2)


def remind_approvers(*, now: datetime) -> int:
    """A second mail for each approval still awaited after two days, to whoever stands in by now; the key keeps it to one."""
    waiting = (
        Candidate.objects.filter(
            state=Candidate.State.PROPOSED,
            request__status=ReferenceRequest.Status.PROPOSED,
            created_at__lte=now - REMIND_AFTER,
            ask__state=Ask.State.PROPOSED,
            ask__held_until__gt=now,
        )
        .select_related(
            "request__requester", "request__opportunity", "request__activity_type", "advocate__account__csm__deputy", "ask"
        )
        .order_by("pk")
    )
    return sum(_remind(candidate, now) for candidate in waiting)


@transaction.atomic
def _remind(candidate, now):
    request = steps.lock(candidate.request)
    if request.status != ReferenceRequest.Status.PROPOSED:
        return 0
    keeper = steps.keeper_of(candidate, now)
    if request.holder != keeper:
        steps.hand_over(request, to=keeper, due_at=request.due_at)
    return len(emails.approval_wanted(candidate, now=now, again=True))


def settle_lapsed(*, now: datetime) -> int:
    """End the requests whose place was given back or whose date has passed, and tell the requester."""
    return sum(_settle(request, now) for request in _lapsed(now))


def _lapsed(now):
    place_gone = (
        Candidate.objects.current()
        .filter(Q(ask__state__in=Ask.ENDED_WITHOUT) | Q(ask__state=Ask.State.PROPOSED, ask__held_until__lte=now))
        .values("request")
    )
    past = Q(needed_by__lt=day_of(now), status__in=["open", "proposed", "approved"])
    return ReferenceRequest.objects.filter(Q(pk__in=place_gone) | past).order_by("pk")


@transaction.atomic
def _settle(request, now):
    # Looked at again under the lock: somebody may have answered in the meantime.
    request = steps.lock(request)
    if not _lapsed(now).filter(pk=request.pk).exists():
        return 0
    past = request.needed_by < day_of(now)
    why = _("The day by which it was needed has passed.") if past else _("Nobody answered in time.")
    candidate = steps.current(request)
    if candidate:
        steps.give_back(candidate, state=Candidate.State.WITHDRAWN, ask_state=Ask.State.EXPIRED, by=None, now=now, why=why)
    may_expire = ReferenceRequest.Status.EXPIRED in ReferenceRequest.TRANSITIONS[request.status]
    status = ReferenceRequest.Status.EXPIRED if may_expire else ReferenceRequest.Status.CANCELLED
    steps.end(request, status=status, by=None, now=now, why=why)
    emails.request_answered(request, candidate, answer="lapsed", why=why, now=now)
    return 1

"""How a request goes on or ends when its advocate is out: nobody is left without an answer."""

from datetime import datetime

from advocacy.models import Ask, User
from advocacy.workflow import move
from references import emails
from references.models import Candidate, ReferenceRequest
from references.services import steps
from references.services.due import APPROVAL, due_for
from references.services.needs import record_need
from references.services.proposing import is_time_left, propose_next
from references.sought import for_request

Status = ReferenceRequest.Status


def go_on_or_end(
    *, request: ReferenceRequest, after: Candidate, by: User | None, now: datetime, why: str, status: str = Status.DECLINED
) -> Candidate | None:
    """`after` is out and their place is free: the next one is proposed, a person is to choose one, or the request ends.

    Call it in a transaction that holds the request. `status` is how it ends; the requester is told in any case.
    """
    if request.goes_on_alone:
        if candidate := propose_next(request=request, by=by, now=now):
            emails.request_answered(candidate.request, candidate, answer="next", why=why, before=after, now=now)
            return candidate
    elif is_time_left(request, now):
        give_to_team(request=request, by=by, now=now, why=why)
        emails.request_answered(request, after, answer="choose", why=why, now=now)
        return None
    end_without_anybody(request=request, status=status, by=by, now=now, why=why)
    return None


def give_to_team(*, request: ReferenceRequest, by: User | None, now: datetime, why: str = "") -> None:
    """The advocacy team looks for somebody."""
    request.scheduled_for = None
    request.save(update_fields=["scheduled_for"])
    move(request, to=Status.OPEN, by=by, why=why, changed_at=now)
    steps.hand_over(request, to=None, due_at=due_for(APPROVAL, None, now))
    emails.team_wanted(request, now=now)


def end_without_anybody(*, request: ReferenceRequest, status: str, by: User | None, now: datetime, why: str) -> None:
    """Nobody could be found: an answer too, with what was tried; the need is kept."""
    # A request once approved can neither be declined nor, once scheduled, expire (design, section 4).
    steps.end(request, status=_allowed(request, status), by=by, now=now, why=why)
    emails.nobody_found(request, why=why, now=now)
    wanted = {facet: list(values) for facet, values in for_request(request).values().items()}
    record_need(
        user=request.requester,
        activity_type=request.activity_type,
        wanted=(request.wanted or {}) | wanted,
        opportunity=request.opportunity,
        request=request,
        now=now,
    )


def _allowed(request, status):
    return status if status in ReferenceRequest.TRANSITIONS[request.status] else Status.CANCELLED


def call_off(*, request: ReferenceRequest, by: User | None, now: datetime, why: str) -> None:
    """It is not needed any more: the place goes back, and whoever knew of it hears so."""
    candidate = steps.current(request)
    knew = candidate and steps.customer_knows(candidate)
    if candidate:
        steps.give_back(candidate, state=Candidate.State.WITHDRAWN, ask_state=Ask.State.CANCELLED, by=by, now=now, why=why)
    steps.end(request, status=Status.CANCELLED, by=by, now=now, why=why)
    if candidate:
        emails.called_off_for_csm(candidate, by=by, knew=knew, why=why, now=now)
    if by != request.requester:
        emails.request_answered(request, candidate, answer="called_off", why=why, now=now)

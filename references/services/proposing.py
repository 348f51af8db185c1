"""Whom to ask: puts an advocate forward, keeps the line behind them, and finds the next one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import AdvocateUnavailable, LedgerBusy
from advocacy.models import Advocate, Ask, User
from advocacy.services import reserve_ask
from advocacy.workflow import move, record_change
from advocacy.working_time import day_of
from references import emails
from references.exceptions import PlaceTaken, PutForwardBefore
from references.models import Candidate, ReferenceRequest, RequestClocks
from references.services import steps
from references.services.due import APPROVAL, due_for, in_working_days
from references.services.ranking import fits_of, ranked_candidates

State = Candidate.State
# How many of the best free ones are tried: the place of each may be taken this very moment.
TRIED = 5


@transaction.atomic
def propose_candidate(*, request: ReferenceRequest, advocate: Advocate, by: User | None, now: datetime) -> Candidate:
    """Hold the advocate's place and ask the CSM; raises AdvocateUnavailable, PlaceTaken or PutForwardBefore."""
    request = steps.lock(request)
    if steps.current(request):
        raise PlaceTaken(_("This request already has an advocate; one at a time."))
    known = request.candidates.filter(advocate=advocate).first()
    if known and known.state != State.WAITING:
        raise PutForwardBefore(_("This advocate was put forward for this request before."))
    ask = reserve_ask(
        advocate=advocate,
        activity_type=request.activity_type,
        asked_by=by or request.requester,
        source=Ask.Source.REFERENCE_REQUEST,
        opportunity=request.opportunity,
        held_until=held_until(advocate, now),
        now=now,
    )
    candidate = _take_the_place(request, known, advocate, ask, by, now)
    _show_in_history(request, candidate, by, now)
    request.scheduled_for = None
    request.save(update_fields=["scheduled_for"])
    keeper = steps.keeper_of(candidate, now)
    steps.hand_over(request, to=keeper, due_at=due_for(APPROVAL, keeper, now))
    emails.approval_wanted(candidate, now=now)
    return candidate


def _take_the_place(request, known, advocate, ask, by, now):
    if known:
        move(known, to=State.PROPOSED, by=by, changed_at=now)
        known.ask = ask
        known.save(update_fields=["ask"])
        return known
    fit = fits_of(request, [advocate])[advocate.pk]
    candidate = request.candidates.create(advocate=advocate, ask=ask, score=fit.score, reasons=fit.fits, created_at=now)
    record_change(candidate, from_status="", to_status=candidate.state, by=by, changed_at=now)
    return candidate


def _show_in_history(request, candidate, by, now):
    """Each advocate is a line of the request's history, also while the status stays the same."""
    if not move(request, to=ReferenceRequest.Status.PROPOSED, by=by, changed_at=now):
        why = _("The next one: %(label)s.") % {"label": candidate.advocate.public_label}
        record_change(request, from_status=request.status, to_status=request.status, by=by, why=why, changed_at=now)


def held_until(advocate: Advocate, now: datetime) -> datetime:
    """A working day longer than the approval may take: time for a manager to see to it."""
    keeper = steps.keeper_for(advocate, now)
    return in_working_days(RequestClocks.current().approval + 1, keeper, now)


# The line -------------------------------------------------------------------------------------


@transaction.atomic
def queue_candidates(*, request: ReferenceRequest, advocates: Sequence[Advocate], by: User, now: datetime) -> list[Candidate]:
    """Put advocates at the end of the line, in this order; no place is held for them. Those known to the request stay as they are."""
    request = steps.lock(request)
    known = set(request.candidates.values_list("advocate", flat=True))
    last = max(request.candidates.in_line().values_list("rank", flat=True), default=0)
    new = [advocate for advocate in dict.fromkeys(advocates) if advocate.pk not in known]
    fits = fits_of(request, new)
    return [_queue(request, advocate, fits[advocate.pk], last + place, by, now) for place, advocate in enumerate(new, start=1)]


def _queue(request, advocate, fit, rank, by, now):
    candidate = request.candidates.create(
        advocate=advocate, state=State.WAITING, rank=rank, score=fit.score, reasons=fit.fits, created_at=now
    )
    record_change(candidate, from_status="", to_status=candidate.state, by=by, changed_at=now)
    return candidate


@transaction.atomic
def order_line(*, request: ReferenceRequest, order: Sequence[int], by: User, now: datetime) -> None:
    """Give the line the order of these candidates' keys; who is not among them leaves it."""
    request = steps.lock(request)
    for candidate in request.candidates.in_line():
        if candidate.pk in order:
            candidate.rank = list(order).index(candidate.pk) + 1
            candidate.save(update_fields=["rank"])
        else:
            move(candidate, to=State.WITHDRAWN, by=by, why=_("Taken out of the line."), changed_at=now)


@transaction.atomic
def let_go_on(*, request: ReferenceRequest, alone: bool) -> None:
    """Whether the next one is proposed by itself, or a person chooses."""
    request = steps.lock(request)
    request.goes_on_alone = alone
    request.save(update_fields=["goes_on_alone"])


# The next one ---------------------------------------------------------------------------------


def propose_next(*, request: ReferenceRequest, by: User | None, now: datetime) -> Candidate | None:
    """The first in line who is free, else the best free one; None when time is up or nobody is left.

    Call it in a transaction that holds the request, with the place of the one before given back.
    """
    if not is_time_left(request, now):
        return None
    for waiting in request.candidates.in_line().select_related("advocate"):
        if candidate := _try(request, waiting.advocate, by, now):
            return candidate
    tried = set(request.candidates.values_list("advocate", flat=True))
    best = ranked_candidates(
        request_or_deal=request,
        user=request.requester,
        activity_type=request.activity_type,
        now=now,
        limit=TRIED,
        exclude=tried,
        only_free=True,
        settles=False,
    )
    return next((found for found in (_try(request, one.advocate, by, now) for one in best) if found), None)


def _try(request, advocate, by, now):
    """None where they have no place; one of the line then leaves it, with the reason."""
    if not Advocate.objects.visible_to(request.requester).filter(pk=advocate.pk).exists():
        return leave_line(request=request, advocate=advocate, why=_("Cannot be found any more."), now=now)
    try:
        with transaction.atomic():
            return propose_candidate(request=request, advocate=advocate, by=by, now=now)
    except LedgerBusy:
        return None  # nothing against them: they keep their place in line
    except AdvocateUnavailable as error:
        return leave_line(request=request, advocate=advocate, why=str(error), now=now)


def leave_line(*, request: ReferenceRequest, advocate: Advocate, why: str, now: datetime) -> None:
    for waiting in request.candidates.in_line().filter(advocate=advocate):
        waiting.note = why
        waiting.decided_at = now
        waiting.save(update_fields=["note", "decided_at"])
        move(waiting, to=State.WITHDRAWN, why=why, changed_at=now)


def is_time_left(request: ReferenceRequest, now: datetime) -> bool:
    """Whether a CSM who is asked now can still answer before the day it is needed."""
    return day_of(due_for(APPROVAL, None, now)) <= request.needed_by

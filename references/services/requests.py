from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.models import ActivityType, Advocate, Ask, Opportunity, User
from advocacy.services import reserve_ask
from advocacy.workflow import move, record_change
from advocacy.working_time import add_working_days, day_of, start_of
from references import emails
from references.exceptions import PlaceTaken, PutForwardBefore, TooSoon
from references.models import Candidate, ReferenceRequest
from references.services import steps
from references.services.ranking import fit_of

NEEDS_WORKING_DAYS = 2
APPROVAL_WORKING_DAYS = 1
HELD_WORKING_DAYS = 2


def earliest_day(now: datetime) -> date:
    """The first day by which somebody can still be found and asked."""
    return day_of(add_working_days(now, NEEDS_WORKING_DAYS))


def open_request(
    *,
    requester: User,
    activity_type: ActivityType,
    wants_to_hear: str,
    needed_by: date,
    now: datetime,
    opportunity: Opportunity | None = None,
    advocate: Advocate | None = None,
    form_token: UUID | None = None,
    **details,
) -> ReferenceRequest:
    """Ask for a reference, and at once for `advocate` where one was found.

    The same `form_token` again is the request it made the first time. Raises TooSoon, and
    AdvocateUnavailable with the reasons; then nothing is kept.
    """
    if needed_by < earliest_day(now):
        raise TooSoon(_("Nobody can be found and asked that soon. Choose %(day)s or later.") % {"day": _day(earliest_day(now))})
    fields = {"requester": requester, "activity_type": activity_type, "opportunity": opportunity, "form_token": form_token}
    try:
        with transaction.atomic():
            request = ReferenceRequest.objects.create(
                **fields, wants_to_hear=wants_to_hear, needed_by=needed_by, created_at=now, **details
            )
            record_change(request, from_status="", to_status=request.status, by=requester, changed_at=now)
            _open(request, requester, now)
            if advocate:
                propose_candidate(request=request, advocate=advocate, by=requester, now=now)
    except IntegrityError:
        sent_before = form_token and ReferenceRequest.objects.filter(form_token=form_token, requester=requester).first()
        if not sent_before:
            raise
        return sent_before
    request.refresh_from_db()
    return request


def _day(day):
    return f"{day:%-d %B %Y}"


def _open(request, by, now):
    move(request, to=ReferenceRequest.Status.OPEN, by=by, changed_at=now)
    steps.hand_over(request, to=None, due_at=add_working_days(now, APPROVAL_WORKING_DAYS))


@transaction.atomic
def propose_candidate(*, request: ReferenceRequest, advocate: Advocate, by: User, now: datetime) -> Candidate:
    """Hold the advocate's place and ask the CSM; raises AdvocateUnavailable, PlaceTaken or PutForwardBefore."""
    request = steps.lock(request)
    if steps.current(request):
        raise PlaceTaken(_("This request already has an advocate; one at a time."))
    if request.candidates.filter(advocate=advocate).exists():
        raise PutForwardBefore(_("This advocate was put forward for this request before."))
    move(request, to=ReferenceRequest.Status.PROPOSED, by=by, changed_at=now)
    ask = reserve_ask(
        advocate=advocate,
        activity_type=request.activity_type,
        asked_by=by,
        source=Ask.Source.REFERENCE_REQUEST,
        opportunity=request.opportunity,
        held_until=held_until(now),
        now=now,
    )
    fit = fit_of(request, advocate)
    candidate = request.candidates.create(advocate=advocate, ask=ask, score=fit.score, reasons=fit.fits, created_at=now)
    record_change(candidate, from_status="", to_status=candidate.state, by=by, changed_at=now)
    steps.hand_over(request, to=steps.keeper_of(candidate, now), due_at=add_working_days(now, APPROVAL_WORKING_DAYS))
    emails.approval_wanted(candidate, now=now)
    return candidate


def held_until(now: datetime) -> datetime:
    """The end of the second working day, so that the reminder after two days always comes before it."""
    return start_of(day_of(add_working_days(now, HELD_WORKING_DAYS)) + timedelta(days=1))


@transaction.atomic
def cancel_request(*, request: ReferenceRequest, by: User, now: datetime, why: str = "") -> ReferenceRequest:
    """The requester needs it no more: the place goes back; raises ForbiddenMove once it is over."""
    request = steps.lock(request)
    if request.status == ReferenceRequest.Status.CANCELLED:
        return request
    why = why.strip() or _("The requester needs it no more.")
    if candidate := steps.current(request):
        steps.give_back(candidate, state=Candidate.State.WITHDRAWN, ask_state=Ask.State.CANCELLED, by=by, now=now, why=why)
    steps.end(request, status=ReferenceRequest.Status.CANCELLED, by=by, now=now, why=why)
    return request

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import WordsNeeded
from advocacy.models import Ask, User
from advocacy.services import move_ask
from advocacy.walltime import in_words
from advocacy.workflow import move, record_change
from advocacy.working_time import add_working_days, day_of
from references import emails
from references.briefs import is_written
from references.exceptions import NotYet, TooSoon
from references.models import Candidate, ReferenceRequest
from references.services import invitations, steps
from references.services.due import DEBRIEF, due_for

NEW_DATE_WORKING_DAYS = 1


@transaction.atomic
def schedule_request(*, request: ReferenceRequest, at: datetime, by: User, now: datetime) -> ReferenceRequest:
    """The customer said yes to a time; a second time replaces the first. Raises TooSoon, NobodyPutForward, ForbiddenMove."""
    if at <= now:
        raise TooSoon(_("Choose a time that is still to come."))
    request = steps.lock(request)
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    return agree_on(request=request, candidate=candidate, at=at, by=by, now=now)


def agree_on(
    *, request: ReferenceRequest, candidate: Candidate, at: datetime, by: User | None, now: datetime
) -> ReferenceRequest:
    """Both sides know the time and get it for their calendars; call it with the request locked."""
    candidate.request = request
    same = request.scheduled_for == at and request.status == ReferenceRequest.Status.SCHEDULED
    if same:
        return request
    moved = request.scheduled_for is not None or candidate.invitation > 0
    why = (
        in_words(at, by.time_zone)
        if by
        else _("Chosen by the prospect: %(at)s.") % {"at": in_words(at, request.requester.time_zone)}
    )
    if not move(request, to=ReferenceRequest.Status.SCHEDULED, by=by, why=why, changed_at=now):
        record_change(request, from_status=request.status, to_status=request.status, by=by, why=why, changed_at=now)
    steps.accept(candidate, by=by, now=now)
    move_ask(ask=candidate.ask, to=Ask.State.SCHEDULED, by=by, now=now, counts_on=day_of(at))
    request.scheduled_for = at
    request.save(update_fields=["scheduled_for"])
    steps.stop_reminding(candidate, [*steps.OF_QUESTION, *steps.OF_TIMES])
    _mark_chosen(candidate, at, now)
    ends = at + timedelta(minutes=request.minutes)
    steps.hand_over(request, to=request.requester, due_at=due_for(DEBRIEF, request.requester, ends))
    invitations.invite(request=request, candidate=candidate, moved=moved, now=now)
    emails.request_answered(
        request, candidate, answer="scheduled", occurrence=f"{at.isoformat()}:{candidate.invitation}", now=now
    )
    return request


def _mark_chosen(candidate, at, now):
    candidate.slots.filter(picked_at__isnull=False).update(picked_at=None)
    candidate.slots.update_or_create(
        starts_at=at, defaults={"picked_at": now}, create_defaults={"picked_at": now, "offered_at": now}
    )


@transaction.atomic
def set_place(*, request: ReferenceRequest, place: str, minutes: int, now: datetime) -> ReferenceRequest:
    """Where they meet and for how long; entries already sent are replaced."""
    request = steps.lock(request)
    if (request.place, request.minutes) == (place, minutes):
        return request
    request.place, request.minutes = place, minutes
    request.save(update_fields=["place", "minutes"])
    candidate = steps.current(request)
    if (
        candidate
        and request.status == ReferenceRequest.Status.SCHEDULED
        and request.scheduled_for
        and request.scheduled_for > now
    ):
        candidate.request = request
        invitations.invite(request=request, candidate=candidate, moved=True, now=now)
    return request


@transaction.atomic
def complete_request(
    *, request: ReferenceRequest, by: User, outcome: str, now: datetime, influenced: bool | None = None
) -> ReferenceRequest:
    """It took place; raises WordsNeeded without an outcome, NotYet before its time, and ForbiddenMove unless it was scheduled."""
    outcome = WordsNeeded.unless(outcome, _("Say in a sentence what came of it."))
    request = steps.lock(request)
    if request.status == ReferenceRequest.Status.COMPLETED:
        return request
    _require_begun(request, now)
    steps.end(request, status=ReferenceRequest.Status.COMPLETED, by=by, now=now, why="")
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    move_ask(ask=candidate.ask, to=Ask.State.DONE, by=by, now=now, outcome=outcome)
    steps.stop_reminding(candidate, ["say_how_it_went"])
    request.outcome, request.influenced = outcome, influenced
    request.save(update_fields=["outcome", "influenced"])
    return request


def _require_begun(request, now):
    if request.status != ReferenceRequest.Status.SCHEDULED or is_written(request):
        return
    if request.scheduled_for is None:
        raise NotYet(_("A new time is being sought. Write down when it took place first."))
    if request.scheduled_for > now:
        raise NotYet(
            _("It has not taken place yet: it is agreed for %(when)s.")
            % {"when": in_words(request.scheduled_for, request.requester.time_zone)}
        )


@transaction.atomic
def note_no_show(*, request: ReferenceRequest, by: User | None, now: datetime, why: str = "") -> ReferenceRequest:
    """It did not take place: a new date, or the next advocate. Raises NotYet before its time."""
    request = steps.lock(request)
    if request.status == ReferenceRequest.Status.SCHEDULED and request.scheduled_for and request.scheduled_for > now:
        raise NotYet(_("The agreed time is still to come. If it cannot be kept, change the time."))
    if not move(request, to=ReferenceRequest.Status.NO_SHOW, by=by, why=why, changed_at=now):
        return request
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    move_ask(ask=candidate.ask, to=Ask.State.NO_SHOW, by=by, now=now, why=why)
    steps.hand_over(request, to=steps.keeper_of(candidate, now), due_at=add_working_days(now, NEW_DATE_WORKING_DAYS))
    return request

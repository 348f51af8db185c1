from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import Ask, User
from advocacy.services import move_ask
from advocacy.workflow import move, record_change
from advocacy.working_time import add_working_days, day_of
from references import emails
from references.exceptions import TooSoon
from references.models import ReferenceRequest
from references.services import steps

REPORT_WITHIN = timedelta(days=1)
NEW_DATE_WORKING_DAYS = 1


@transaction.atomic
def schedule_request(*, request: ReferenceRequest, at: datetime, by: User, now: datetime) -> ReferenceRequest:
    """The customer said yes to a time; a second time replaces the first. Raises TooSoon, NobodyPutForward, ForbiddenMove."""
    if at <= now:
        raise TooSoon(_("Choose a time that is still to come."))
    request = steps.lock(request)
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    if not move(request, to=ReferenceRequest.Status.SCHEDULED, by=by, why=_moment(at, by), changed_at=now):
        record_change(request, from_status=request.status, to_status=request.status, by=by, why=_moment(at, by), changed_at=now)
    if candidate.ask.state == Ask.State.ASKED:
        move_ask(ask=candidate.ask, to=Ask.State.ACCEPTED, by=by, now=now)
    move_ask(ask=candidate.ask, to=Ask.State.SCHEDULED, by=by, now=now, counts_on=day_of(at))
    request.scheduled_for = at
    request.save(update_fields=["scheduled_for"])
    steps.hand_over(request, to=request.requester, due_at=at + REPORT_WITHIN)
    emails.request_answered(request, candidate, answer="scheduled", occurrence=at.isoformat(), now=now)
    return request


def _moment(at, by):
    local = at.astimezone(ZoneInfo(by.time_zone))
    return f"{date_format(local, 'j F Y, H:i')} {local.tzname()}"


@transaction.atomic
def complete_request(*, request: ReferenceRequest, by: User, outcome: str, now: datetime) -> ReferenceRequest:
    """It took place; raises WordsMissing without an outcome and ForbiddenMove unless it was scheduled."""
    outcome = steps.required(outcome, _("Say in a sentence what came of it."))
    request = steps.lock(request)
    if request.status == ReferenceRequest.Status.COMPLETED:
        return request
    steps.end(request, status=ReferenceRequest.Status.COMPLETED, by=by, now=now, why="")
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    move_ask(ask=candidate.ask, to=Ask.State.DONE, by=by, now=now, outcome=outcome)
    request.outcome = outcome
    request.save(update_fields=["outcome"])
    return request


@transaction.atomic
def note_no_show(*, request: ReferenceRequest, by: User, now: datetime, why: str = "") -> ReferenceRequest:
    """It did not take place: a new date, or the next advocate."""
    request = steps.lock(request)
    if not move(request, to=ReferenceRequest.Status.NO_SHOW, by=by, why=why, changed_at=now):
        return request
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    move_ask(ask=candidate.ask, to=Ask.State.NO_SHOW, by=by, now=now, why=why)
    steps.hand_over(request, to=steps.keeper_of(candidate, now), due_at=add_working_days(now, NEW_DATE_WORKING_DAYS))
    return request

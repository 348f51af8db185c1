"""Where a conversation stands for the two sides' pages. Pure: the current time is an argument."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from advocacy.working_time import day_of
from references.briefs import is_written
from references.models import Candidate, ReferenceRequest

ASKED = "asked"  # the customer has not answered
OFFERED = "offered"  # times wait for the prospect
SEEKING = "seeking"  # the time agreed fell through: the customer is to offer others
AGREED = "agreed"
PAST = "past"  # it was to begin already; nobody said yet how it went
DONE = "done"
SAID_NO = "said_no"
OVER = "over"

Status = ReferenceRequest.Status
TAKES_TIMES = {ASKED, OFFERED, SEEKING, AGREED}
TAKES_NO = TAKES_TIMES


def standing_of(request: ReferenceRequest, candidate: Candidate, now: datetime) -> str:
    if candidate.state != Candidate.State.APPROVED:
        return SAID_NO if candidate.refusal else OVER
    if request.status == Status.COMPLETED:
        return DONE
    if request.status not in (Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW):
        return OVER
    if request.status == Status.SCHEDULED and is_written(request):
        return AGREED
    if request.status == Status.SCHEDULED and request.scheduled_for:
        return AGREED if now < request.scheduled_for else PAST
    if any(slot.starts_at > now for slot in candidate.slots.all()):
        return OFFERED
    return ASKED if request.status == Status.APPROVED and not candidate.slots.all() else SEEKING


def ends_at(request: ReferenceRequest) -> datetime | None:
    """When the conversation agreed is over."""
    return request.scheduled_for and request.scheduled_for + timedelta(minutes=request.minutes)


def last_day(request: ReferenceRequest, now: datetime) -> date:
    """Until when times make sense: the day it is needed, or a fortnight for a call that comes late anyway."""
    today = day_of(now)
    return request.needed_by if request.needed_by > today else today + timedelta(days=14)


def has_begun(request: ReferenceRequest, now: datetime) -> bool:
    """Whether it can have taken place, or failed to."""
    return is_written(request) or bool(request.scheduled_for and request.scheduled_for <= now)


def not_in_time(request: ReferenceRequest, slots: Iterable[datetime], now: datetime) -> set[str]:
    """The steps of a request that its status allows and its time does not; `slots` are the times offered."""
    begun, written = has_begun(request, now), is_written(request)
    without = set() if begun else {"complete", "no_show", "after"}
    if request.status == Status.SCHEDULED and (request.scheduled_for or written):
        without.add("ask")
    if written:
        return without | {"times", "schedule"}
    agreed = request.status == Status.SCHEDULED and request.scheduled_for
    if begun and agreed:
        return without | {"times", "answer", "cancel"}
    return without if agreed or any(at > now for at in slots) else without | {"times"}

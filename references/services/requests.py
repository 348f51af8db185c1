from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import ActivityType, Advocate, Opportunity, User
from advocacy.workflow import move, record_change
from references import emails
from references.exceptions import TooSoon
from references.models import ReferenceRequest, RequestClocks
from references.services import steps
from references.services.due import APPROVAL, OVERALL, due_for, earliest_day
from references.services.endings import call_off
from references.services.proposing import leave_line, propose_candidate, queue_candidates


def open_request(
    *,
    requester: User,
    activity_type: ActivityType,
    wants_to_hear: str,
    needed_by: date,
    now: datetime,
    opportunity: Opportunity | None = None,
    advocate: Advocate | None = None,
    line: Sequence[Advocate] = (),
    form_token: UUID | None = None,
    **details,
) -> ReferenceRequest:
    """Ask for a reference, and at once for `advocate` where one was found; `line` waits behind them.

    Where somebody's place was taken in the meantime the next in line is asked. The same `form_token` again is the
    request it made the first time. Raises TooSoon, and AdvocateUnavailable with the reasons; then nothing is kept.
    """
    if needed_by < earliest_day(now, requester):
        raise TooSoon(too_soon(now, requester))
    fields = {"requester": requester, "activity_type": activity_type, "opportunity": opportunity, "form_token": form_token}
    try:
        with transaction.atomic():
            request = ReferenceRequest.objects.create(
                **fields, wants_to_hear=wants_to_hear, needed_by=needed_by, created_at=now, **details
            )
            record_change(request, from_status="", to_status=request.status, by=requester, changed_at=now)
            _open(request, requester, now)
            _ask_first(request, [person for person in (advocate, *line) if person], requester, now)
    except IntegrityError:
        sent_before = form_token and ReferenceRequest.objects.filter(form_token=form_token, requester=requester).first()
        if not sent_before:
            raise
        return sent_before
    request.refresh_from_db()
    return request


def too_soon(now: datetime, requester: User | None) -> str:
    typical = RequestClocks.current().overall
    words = ngettext(
        "Nobody can be found and asked that soon (typical: %(n)s working day). Choose %(day)s or later.",
        "Nobody can be found and asked that soon (typical: %(n)s working days). Choose %(day)s or later.",
        typical,
    )
    return words % {"n": typical, "day": date_format(earliest_day(now, requester), "j F Y")}


def _open(request, by, now):
    move(request, to=ReferenceRequest.Status.OPEN, by=by, changed_at=now)
    request.overall_due_at = due_for(OVERALL, request.requester, now)
    request.save(update_fields=["overall_due_at"])
    steps.hand_over(request, to=None, due_at=due_for(APPROVAL, None, now))


def _ask_first(request, advocates, by, now):
    """The first with a place is asked, the others wait in line; without any the team looks."""
    if not advocates:
        return emails.team_wanted(request, now=now)
    queue_candidates(request=request, advocates=advocates[1:], by=by, now=now)
    refusals = []
    for advocate in dict.fromkeys(advocates):
        try:
            with transaction.atomic():
                return propose_candidate(request=request, advocate=advocate, by=by, now=now)
        except AdvocateUnavailable as error:
            refusals.append(error)
            leave_line(request=request, advocate=advocate, why=str(error), now=now)
    raise refusals[0]


@transaction.atomic
def cancel_request(*, request: ReferenceRequest, by: User, now: datetime, why: str = "") -> ReferenceRequest:
    """The requester needs it no more: the place goes back; raises ForbiddenMove once it is over."""
    request = steps.lock(request)
    if request.status != ReferenceRequest.Status.CANCELLED:
        call_off(request=request, by=by, now=now, why=why.strip() or _("The requester needs it no more."))
    return request

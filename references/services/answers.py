from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Advocate, Ask, User
from advocacy.services import move_ask
from advocacy.workflow import move
from advocacy.working_time import start_of
from references import emails
from references.exceptions import AnsweredMeanwhile, PlaceLapsed
from references.models import Candidate, ReferenceRequest
from references.services import steps
from references.services.requests import propose_candidate


@transaction.atomic
def approve_candidate(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """The CSM says yes and asks the customer; raises PlaceLapsed, or ForbiddenMove after another answer."""
    request, candidate = _lock(candidate)
    if candidate.state == Candidate.State.APPROVED:
        return candidate
    move(candidate, to=Candidate.State.APPROVED, by=by, changed_at=now)
    if not _still_held(candidate.ask, now):
        raise PlaceLapsed(_("The place was given back because nobody answered in time. Sales can ask again."))
    candidate.decided_by = by
    candidate.decided_at = now
    candidate.save(update_fields=["decided_by", "decided_at"])
    move_ask(ask=candidate.ask, to=Ask.State.ASKED, by=by, now=now)
    move(request, to=ReferenceRequest.Status.APPROVED, by=by, changed_at=now)
    steps.hand_over(request, to=steps.keeper_of(candidate, now), due_at=start_of(request.needed_by))
    emails.request_answered(request, candidate, answer="approved", now=now)
    return candidate


def _lock(candidate):
    request = steps.lock(candidate.request)
    return request, Candidate.objects.select_related("advocate__account__csm", "ask").get(pk=candidate.pk)


def _still_held(ask, now):
    lapsed = ask.state == Ask.State.PROPOSED and ask.held_until and ask.held_until <= now
    return ask.state in Ask.IN_FLIGHT and not lapsed


@transaction.atomic
def decline_candidate(*, candidate: Candidate, by: User, note: str, now: datetime, seen: str = "") -> Candidate:
    """The CSM says no, or the customer said no after the CSM asked: the place goes back and the request ends.

    To go on with somebody else at once, use `replace_candidate`. `seen` is the state the page showed: a no meant
    for "waiting" must not count as the customer's no after somebody approved. Raises WordsMissing without a
    reason and AnsweredMeanwhile.
    """
    note = steps.required(note, _("Say why, so that the requester knows what to look for instead."))
    request, candidate = _lock(candidate)
    if candidate.state == Candidate.State.DECLINED:
        return candidate
    if seen and candidate.state != seen:
        raise AnsweredMeanwhile(_("Somebody else answered in the meantime. Look at the request again."))
    was_asked = candidate.state == Candidate.State.APPROVED
    _say_no(candidate, by, note, now)
    # A request once approved can no longer be declined (design, section 4): it ends as cancelled.
    status = ReferenceRequest.Status.CANCELLED if was_asked else ReferenceRequest.Status.DECLINED
    steps.end(request, status=status, by=by, now=now, why=note)
    emails.request_answered(request, candidate, answer="declined", now=now)
    return candidate


def _say_no(candidate, by, note, now):
    # Only a customer who was asked can have said no; a CSM's no must not make the customer rest.
    asked = candidate.state == Candidate.State.APPROVED
    ask_state = Ask.State.DECLINED if asked else Ask.State.CANCELLED
    steps.give_back(candidate, state=Candidate.State.DECLINED, ask_state=ask_state, by=by, now=now, why=note)


@transaction.atomic
def replace_candidate(*, candidate: Candidate, advocate: Advocate, by: User, note: str, now: datetime) -> Candidate:
    """The approved advocate said no or did not come: the next one; raises AdvocateUnavailable and then changes nothing."""
    note = steps.required(note, _("Say why the first advocate does not speak."))
    request, candidate = _lock(candidate)
    _say_no(candidate, by, note, now)
    return propose_candidate(request=request, advocate=advocate, by=by, now=now)

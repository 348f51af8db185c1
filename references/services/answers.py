"""The answer of whoever looks after the advocate: yes, no, not now, not this one but."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import WordsNeeded
from advocacy.models import Advocate, Ask, User
from advocacy.people import looks_after
from advocacy.services import move_ask
from advocacy.workflow import move
from advocacy.working_time import day_of, start_of
from references import emails
from references.exceptions import AnsweredMeanwhile, PlaceLapsed
from references.models import Candidate, ReferenceRequest, RequestClocks
from references.services import steps
from references.services.due import ADVOCATE_ANSWER, due_for
from references.services.endings import go_on_or_end
from references.services.proposing import propose_candidate


@transaction.atomic
def approve_candidate(*, candidate: Candidate, by: User, now: datetime) -> Candidate:
    """The CSM says yes and asks the customer; raises PlaceLapsed, or ForbiddenMove after another answer."""
    request, candidate = _lock(candidate)
    if candidate.state == Candidate.State.APPROVED:
        return candidate
    move(candidate, to=Candidate.State.APPROVED, by=by, changed_at=now)
    if not is_held(candidate.ask, now):
        raise PlaceLapsed(_("The place was given back because nobody answered in time. Sales can ask again."))
    candidate.decided_by = by
    candidate.decided_at = now
    candidate.save(update_fields=["decided_by", "decided_at"])
    move_ask(ask=candidate.ask, to=Ask.State.ASKED, by=by, now=now)
    move(request, to=ReferenceRequest.Status.APPROVED, by=by, changed_at=now)
    keeper = steps.keeper_of(candidate, now)
    steps.hand_over(request, to=keeper, due_at=_before_it_is_needed(request, due_for(ADVOCATE_ANSWER, keeper, now), now))
    steps.stop_asking_for_approval(candidate, now)
    emails.request_answered(request, candidate, answer="approved", now=now)
    return candidate


def _before_it_is_needed(request, due_at, now):
    ends = start_of(request.needed_by + timedelta(days=1))
    return min(due_at, ends) if ends > now else due_at


def _lock(candidate):
    request = steps.lock(candidate.request)
    return request, Candidate.objects.select_related("advocate__account__csm__deputy", "ask").get(pk=candidate.pk)


def is_held(ask: Ask, now: datetime) -> bool:
    lapsed = ask.state == Ask.State.PROPOSED and ask.held_until and ask.held_until <= now
    return ask.state in Ask.IN_FLIGHT and not lapsed


@transaction.atomic
def decline_candidate(
    *, candidate: Candidate, by: User, note: str, now: datetime, seen: str = "", rests: bool = False
) -> Candidate:
    """The CSM says no, or the customer said no after the CSM asked: the next one is proposed, or the request ends.

    To go on with somebody chosen, use `replace_candidate`. `seen` is the state the page showed: a no meant
    for "waiting" must not count as the customer's no after somebody approved. Raises WordsNeeded without a
    reason and AnsweredMeanwhile.
    """
    note = WordsNeeded.unless(note, _("Say why, so that the requester knows what to look for instead."))
    request, candidate = _lock(candidate)
    if candidate.state == Candidate.State.DECLINED:
        return candidate
    _say_no(candidate, by, note, now, seen)
    if rests:
        rest(advocate=candidate.advocate, now=now)
    go_on_or_end(request=request, after=candidate, by=by, now=now, why=note)
    return candidate


def decline_for_now(**answer) -> Candidate:
    """Not now: as `decline_candidate`, and nobody asks the advocate for as long as the clocks say."""
    return decline_candidate(**answer, rests=True)


def rest(*, advocate: Advocate, now: datetime) -> None:
    """Leave the advocate alone for the days of a “not now”; a longer rest stays."""
    until = day_of(now) + timedelta(days=RequestClocks.current().not_now_rest_days)
    if advocate.rests_until is None or advocate.rests_until < until:
        advocate.rests_until = until
        advocate.save(update_fields=["rests_until"])


def _say_no(candidate, by, note, now, seen=""):
    if candidate.state == Candidate.State.DECLINED or (seen and candidate.state != seen):
        raise AnsweredMeanwhile(_("Somebody else answered in the meantime. Look at the request again."))
    # Only a customer who was asked can have said no; a CSM's no must not make the customer rest.
    asked = candidate.state == Candidate.State.APPROVED
    ask_state = Ask.State.DECLINED if asked else Ask.State.CANCELLED
    steps.give_back(candidate, state=Candidate.State.DECLINED, ask_state=ask_state, by=by, now=now, why=note)


@transaction.atomic
def replace_candidate(
    *, candidate: Candidate, advocate: Advocate, by: User, note: str, now: datetime, seen: str = ""
) -> Candidate:
    """Not this one, but `advocate`: before the customer was asked or after.

    Raises AdvocateUnavailable, or AnsweredMeanwhile after a no, and then changes nothing.

    Nobody has to be asked for approval twice: an advocate of the answerer's own is approved by the same word.
    """
    note = WordsNeeded.unless(note, _("Say why the first advocate does not speak."))
    request, candidate = _lock(candidate)
    _say_no(candidate, by, note, now, seen)
    other = propose_candidate(request=request, advocate=advocate, by=by, now=now)
    if looks_after(by, other.advocate.account, day_of(now)):
        return approve_candidate(candidate=other, by=by, now=now)
    emails.request_answered(other.request, other, answer="next", why=note, before=candidate, now=now)
    return other

"""What is done about what waits. Looked at again under the lock: somebody may have answered in the meantime."""

from datetime import datetime

from advocacy.people import responsible_for
from advocacy.working_time import day_of
from outbox.clocks import Due
from references import briefs, emails
from references.call_mails import reminding
from references.exceptions import NotWanted
from references.models import Candidate, Debrief, ReferenceRequest
from references.services import steps
from references.services.asking import lock_current
from references.services.clocks import find_for_the_silent_team
from references.services.ways_in import link_for_advocate, link_for_debrief, link_for_prospect
from references.standing import ASKED, OFFERED, SEEKING, standing_of

Side = Debrief.Side


def remind_of_the_approval(due: Due, now: datetime) -> None:
    candidate: Candidate = due.about
    request = steps.lock(candidate.request)
    if request.status == ReferenceRequest.Status.PROPOSED and steps.current(request) == candidate:
        emails.approval_wanted(candidate, now=now, again=True)


def escalate(due: Due, now: datetime) -> None:
    """Tell the manager of whoever let a step fall due; for the silent team first somebody is found, if there is anybody."""
    request = steps.lock(due.about)
    if request.escalated_at or not request.due_at or request.due_at > now or find_for_the_silent_team(request, now):
        return
    request.escalated_at = now
    request.save(update_fields=["escalated_at"])
    told = emails.step_overdue(request, now=now)
    if candidate := steps.current(request):
        steps.stop_reminding_those_told(candidate, [message.recipient for message in told])


def locked(candidate: Candidate, now: datetime, *standings: str) -> Candidate | None:
    """The candidacy as it is now; None where it does not wait for this any more."""
    try:
        request, candidate = lock_current(candidate)
    except NotWanted:
        return None
    return candidate if standing_of(request, candidate, now) in standings else None


def is_overdue(request: ReferenceRequest, now: datetime) -> bool:
    """Our own people hear so by `step_overdue`, and not on the same day that it still waits."""
    return bool(request.due_at and request.due_at <= now)


def remind_of_the_question(due: Due, now: datetime) -> None:
    """The customer whom a mail of ours asked; else whoever asks them in person."""
    candidate = locked(due.about, now, ASKED, SEEKING)
    if candidate is None:
        return
    if candidate.asked_at and candidate.asked_by_laurel and candidate.advocate.email:
        reminding.question_again(candidate, token=link_for_advocate(candidate, now), occurrence=due.mark, now=now)
        return
    if is_overdue(candidate.request, now):
        return
    for person in responsible_for(candidate.advocate.account, day_of(now)):
        reminding.answer_wanted(candidate, to=person, occurrence=due.mark, now=now)


def remind_of_the_times(due: Due, now: datetime) -> None:
    """The prospect, and the requester who knows them."""
    candidate = locked(due.about, now, OFFERED)
    if candidate is None:
        return
    starts = [slot.starts_at for slot in candidate.slots.all() if slot.starts_at > now]
    if candidate.request.prospect_email:
        token = link_for_prospect(candidate, now)
        reminding.choose_again(candidate, token=token, starts=starts, occurrence=due.mark, now=now)
    if not is_overdue(candidate.request, now):
        reminding.nobody_chose(candidate, starts=starts, occurrence=due.mark, now=now)


def remind_the_customer_of_the_debrief(due: Due, now: datetime) -> None:
    candidate: Candidate = due.about
    if not candidate.advocate.email:
        return
    reminding.debrief_again(
        candidate,
        recipient=candidate.advocate.email,
        name=candidate.advocate.name,
        token=link_for_debrief(candidate, Side.ADVOCATE, now),
        reply_to=briefs.contact_of(candidate, now),
        occurrence=due.mark,
        now=now,
    )


def remind_sales_of_the_debrief(due: Due, now: datetime) -> None:
    """The prospect where we know an address, and the requester, who may answer for them."""
    candidate: Candidate = due.about
    request = candidate.request
    if request.prospect_email:
        reminding.debrief_again(
            candidate,
            recipient=request.prospect_email,
            name=request.prospect_name,
            token=link_for_debrief(candidate, Side.PROSPECT, now),
            reply_to=request.requester,
            occurrence=due.mark,
            now=now,
        )
    reminding.say_how_it_went(candidate, occurrence=due.mark, now=now)


def warn_of_the_renewal(due: Due, now: datetime) -> None:
    """Whoever looks after the customer, and the requester, each in the words they may read."""
    candidate: Candidate = due.about
    keepers = responsible_for(candidate.advocate.account, day_of(now))
    for person in keepers:
        reminding.renewal_near(candidate, to=person, occurrence=due.mark, now=now)
    if candidate.request.requester not in keepers:
        reminding.renewal_near_for_sales(candidate, occurrence=due.mark, now=now)

"""What happens when nobody does anything. Found by query, so that two clocks are harmless and a missed tick is made up."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from advocacy.models import Advocate, Ask
from advocacy.working_time import day_of
from references import emails
from references.models import Candidate, ReferenceRequest, RequestClocks
from references.querysets import UNDER_WAY
from references.services import steps
from references.services.due import APPROVAL, due_for, in_working_days
from references.services.endings import call_off, end_without_anybody, go_on_or_end
from references.services.proposing import propose_next
from references.services.steps import each

Status = ReferenceRequest.Status
# Of the time for an approval: then comes the one reminder.
REMIND_AFTER = 0.5


def run_clocks(*, now: datetime) -> None:
    """All of them, in the order in which one makes another needless."""
    stop_for_closed_deals(now=now)
    settle_lapsed(now=now)
    follow_keepers(now=now)
    find_for_the_silent_team(now=now)
    remind_approvers(now=now)
    escalate_overdue(now=now)
    tell_of_delay(now=now)


# Reminders and managers -----------------------------------------------------------------------


def remind_approvers(*, now: datetime) -> int:
    """A second mail for each approval still awaited after half its time; the key keeps it to one."""
    half = RequestClocks.current().approval * REMIND_AFTER
    waiting = [
        candidate
        for candidate in _awaiting_approval(now)
        if in_working_days(half, steps.keeper_of(candidate, now), candidate.ask.created_at) <= now
    ]
    return each(waiting, _remind, now)


def _awaiting_approval(now):
    return (
        Candidate.objects.filter(
            state=Candidate.State.PROPOSED,
            request__status=Status.PROPOSED,
            ask__state=Ask.State.PROPOSED,
            ask__held_until__gt=now,
        )
        .select_related(
            "request__requester",
            "request__holder",
            "request__opportunity",
            "request__activity_type",
            "advocate__account__csm__deputy",
            "ask",
        )
        .order_by("pk")
    )


@transaction.atomic
def _remind(candidate, now):
    request = steps.lock(candidate.request)
    if request.status != Status.PROPOSED or steps.current(request) != candidate:
        return 0
    return len(emails.approval_wanted(candidate, now=now, again=True))


def escalate_overdue(*, now: datetime) -> int:
    """Tell the manager of whoever let a step fall due, once a step; of the team's steps the team itself hears."""
    overdue = ReferenceRequest.objects.overdue(now).filter(escalated_at__isnull=True).order_by("due_at", "pk")
    return each(overdue, _escalate, now)


@transaction.atomic
def _escalate(request, now):
    request = steps.lock(request)
    if request.escalated_at or not request.due_at or request.due_at > now:
        return 0
    request.escalated_at = now
    request.save(update_fields=["escalated_at"])
    return len(emails.step_overdue(request, now=now))


def tell_of_delay(*, now: datetime) -> int:
    """The requester hears once when the promised time has passed without an answer: whose turn it is, and until when."""
    late = ReferenceRequest.objects.filter(status__in=[Status.OPEN, Status.PROPOSED], overall_due_at__lte=now)
    return each(late.select_related("requester", "holder").order_by("pk"), _tell_of_delay, now)


def _tell_of_delay(request, now):
    return bool(emails.answer_late(request, now=now))


# Whose turn it is -----------------------------------------------------------------------------


def follow_keepers(*, now: datetime) -> int:
    """Hand each step over whose holder has left, is away or no longer looks after the account."""
    moved = [candidate for candidate in _awaiting_approval(now) if candidate.request.holder != steps.keeper_of(candidate, now)]
    left = ReferenceRequest.objects.under_way().filter(holder__is_active=False).exclude(status=Status.PROPOSED).order_by("pk")
    return each(moved, _ask_the_keeper, now) + each(left, _stand_in, now)


@transaction.atomic
def _ask_the_keeper(candidate, now):
    request, keeper = steps.lock(candidate.request), steps.keeper_of(candidate, now)
    if request.status != Status.PROPOSED or request.holder == keeper or steps.current(request) != candidate:
        return 0
    steps.hand_over(request, to=keeper, due_at=due_for(APPROVAL, keeper, now))
    emails.approval_wanted(candidate, now=now, handed_over=True)
    return 1


@transaction.atomic
def _stand_in(request, now):
    """For whoever has left: the CSM's stand-in, and for a requester their manager; else the team."""
    request = steps.lock(request)
    if not request.holder or request.holder.is_active:
        return 0
    candidate, manager = steps.current(request), request.holder.manager
    if request.holder == request.requester:
        keeper = manager if manager and manager.is_active else None
    else:
        keeper = candidate and steps.keeper_of(candidate, now)
    steps.hand_over(request, to=keeper, due_at=max(request.due_at or now, due_for(APPROVAL, keeper, now)))
    return 1


def find_for_the_silent_team(*, now: datetime) -> int:
    """Where the team let its time pass, the best who is free is proposed by itself, once, unless a person chooses."""
    silent = ReferenceRequest.objects.overdue(now).filter(
        status=Status.OPEN, goes_on_alone=True, escalated_at__isnull=True, needed_by__gte=day_of(now)
    )
    return each(silent.order_by("pk"), _find, now)


@transaction.atomic
def _find(request, now):
    request = steps.lock(request)
    if request.status != Status.OPEN or not request.goes_on_alone:
        return 0
    candidate = propose_next(request=request, by=None, now=now)
    if candidate is None:
        return 0
    emails.request_answered(candidate.request, candidate, answer="next", now=now)
    return 1


# Places given back, days passed, deals closed --------------------------------------------------


def settle_lapsed(*, now: datetime) -> int:
    """Where a place was given back the next advocate is proposed; where the day has passed the request ends."""
    return each(_lapsed(now), _settle, now)


def _lapsed(now):
    candidates = Candidate.objects.current()
    gone = candidates.filter(Q(ask__state__in=Ask.ENDED_WITHOUT) | Q(ask__state=Ask.State.PROPOSED, ask__held_until__lte=now))
    past = Q(needed_by__lt=day_of(now), status__in=[Status.OPEN, Status.PROPOSED, Status.APPROVED])
    requests = ReferenceRequest.objects.under_way()
    return requests.filter(Q(pk__in=gone.values("request")) | Q(pk__in=_unfit().values("request")) | past).order_by("pk")


def _unfit():
    """Put forward, and in the meantime paused, retired or gone to another company; nobody has asked the customer yet."""
    waiting = Candidate.objects.filter(state=Candidate.State.PROPOSED)
    still_there = Q(advocate__account=F("ask__account")) | Q(advocate__account__isnull=True, ask__account__isnull=True)
    return waiting.filter(~Q(advocate__status=Advocate.Status.ACTIVE) | ~still_there)


@transaction.atomic
def _settle(request, now):
    # Looked at again under the lock: somebody may have answered in the meantime.
    request = steps.lock(request)
    if not _lapsed(now).filter(pk=request.pk).exists():
        return 0
    past = request.needed_by < day_of(now)
    candidate = steps.current(request)
    why = _why(candidate, past=past)
    if candidate:
        steps.give_back(candidate, state=Candidate.State.WITHDRAWN, ask_state=Ask.State.EXPIRED, by=None, now=now, why=why)
    if past or candidate is None:
        end_without_anybody(request=request, status=Status.EXPIRED, by=None, now=now, why=why)
    else:
        go_on_or_end(request=request, after=candidate, by=None, now=now, why=why, status=Status.EXPIRED)
    return 1


def _why(candidate, *, past):
    if past:
        return _("The day by which it was needed has passed.")
    if candidate and _unfit().filter(pk=candidate.pk).exists():
        return _("The customer no longer takes part, or works elsewhere.")
    return _("Nobody answered in time.")


def stop_for_closed_deals(*, now: datetime) -> int:
    """Where the deal was decided before the conversation, the customer is freed and told, and so is the requester."""
    decided = ReferenceRequest.objects.under_way().filter(opportunity__is_won__isnull=False)
    return each(decided.exclude(scheduled_for__lte=now).order_by("pk"), _stop, now)


@transaction.atomic
def _stop(request, now):
    request = steps.lock(request)
    if request.status not in UNDER_WAY:
        return 0
    won = request.opportunity.is_won
    why = _("The deal was won without it.") if won else _("The deal was lost in the meantime.")
    call_off(request=request, by=None, now=now, why=why)
    return 1

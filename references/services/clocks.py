"""What goes on when nobody does anything. Found by query, so that two clocks are harmless and a missed tick is made up.

Whoever is reminded of what stands in references/rules.py; of what these clocks end or move on nobody is reminded.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import gettext as _

from advocacy.models import Advocate, Ask
from advocacy.working_time import day_of
from references import emails
from references.models import Candidate, ReferenceRequest
from references.querysets import UNDER_WAY
from references.services import steps
from references.services.due import APPROVAL, due_for
from references.services.endings import call_off, end_without_anybody, go_on_or_end
from references.services.proposing import propose_next
from references.services.steps import each

Status = ReferenceRequest.Status


def awaiting_approval(now: datetime) -> QuerySet[Candidate]:
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


# Whose turn it is -----------------------------------------------------------------------------


def follow_keepers(*, now: datetime) -> int:
    """Hand each approval over whose holder is away or no longer looks after the account."""
    rows = awaiting_approval(now).annotate(keeper=_keeper(day_of(now)))
    is_theirs = Q(request__holder=F("keeper")) | Q(request__holder__isnull=True, keeper__isnull=True)
    return each(rows.exclude(pk__in=rows.filter(is_theirs).order_by().values("pk")), _ask_the_keeper, now)


def _keeper(on: date) -> Case:
    """`steps.keeper_for` in the query: the CSM or the deputy, whoever is there on a day."""
    csm = "advocate__account__csm"
    return Case(When(_is_there(csm, on), then=csm), When(_is_there(f"{csm}__deputy", on), then=f"{csm}__deputy"))


def _is_there(person: str, on: date) -> Q:
    begun = Q(**{f"{person}__deputy_from__isnull": True}) | Q(**{f"{person}__deputy_from__lte": on})
    not_over = Q(**{f"{person}__deputy_until__isnull": True}) | Q(**{f"{person}__deputy_until__gte": on})
    dated = Q(**{f"{person}__deputy_from__isnull": False}) | Q(**{f"{person}__deputy_until__isnull": False})
    is_away = Q(**{f"{person}__deputy__isnull": False}) & dated & begun & not_over
    return Q(**{f"{person}__is_active": True}) & ~is_away


def follow_those_who_left(*, now: datetime) -> int:
    """Hand each step over whose holder has left."""
    left = ReferenceRequest.objects.under_way().filter(holder__is_active=False).exclude(status=Status.PROPOSED)
    return each(left.order_by("pk"), _stand_in, now)


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


def find_for_the_silent_team(request: ReferenceRequest, now: datetime) -> bool:
    """Where the team let its time pass, the best who is free is proposed by itself, unless a person chooses.

    Call it with the request locked.
    """
    if request.status != Status.OPEN or not request.goes_on_alone or request.needed_by < day_of(now):
        return False
    candidate = propose_next(request=request, by=None, now=now)
    if candidate:
        emails.request_answered(candidate.request, candidate, answer="next", now=now)
    return candidate is not None


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


def moving(now: datetime) -> QuerySet[ReferenceRequest]:
    """Requests that the clocks end or move on."""
    decided = _decided(now).order_by().values("pk")
    return ReferenceRequest.objects.filter(Q(pk__in=_lapsed(now).order_by().values("pk")) | Q(pk__in=decided)).order_by()


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
    return each(_decided(now).order_by("pk"), _stop, now)


def _decided(now):
    decided = ReferenceRequest.objects.under_way().filter(opportunity__is_won__isnull=False)
    return decided.exclude(scheduled_for__lte=now)


@transaction.atomic
def _stop(request, now):
    request = steps.lock(request)
    if request.status not in UNDER_WAY:
        return 0
    won = request.opportunity.is_won
    why = _("The deal was won without it.") if won else _("The deal was lost in the meantime.")
    call_off(request=request, by=None, now=now, why=why)
    return 1

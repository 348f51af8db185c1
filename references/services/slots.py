"""Times: the customer offers some, the prospect's side chooses one, and either side may ask for others."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.links import use_link
from advocacy.models import Ask, SecretLink, User
from advocacy.services import move_ask
from advocacy.workflow import move, record_change
from advocacy.working_time import start_of
from references import briefs, call_mails, times
from references.exceptions import AnsweredMeanwhile, NotWanted, TimeGone, TimesRefused
from references.models import Candidate, ReferenceRequest, Slot
from references.services import invitations, steps
from references.services.asking import ask_by_laurel, give_to_keeper, lock_current
from references.services.calls import agree_on
from references.services.due import PICK_SLOT, due_for
from references.services.ways_in import link_for_advocate, link_for_prospect
from references.standing import TAKES_TIMES, last_day, standing_of

Status = ReferenceRequest.Status


@transaction.atomic
def offer_times(
    *,
    candidate: Candidate,
    starts: Sequence[datetime],
    zone: str,
    by: User | None,
    now: datetime,
    link: SecretLink | None = None,
) -> Candidate:
    """The customer says yes with times; later ones replace those before, and a time agreed falls through.

    Raises TimesRefused with the sentence, NotWanted, and LinkUsed for a link used before.
    """
    request, candidate = lock_current(candidate)
    if standing_of(request, candidate, now) not in TAKES_TIMES:
        raise NotWanted(_("The agreed time has come. Please answer the mail you got."))
    if refusal := times.why_not(starts, now=now, minutes=request.minutes, until=last_day(request, now), zone=zone):
        raise TimesRefused(refusal)
    if link:
        use_link(link=link, now=now)
    _remember_zone(candidate.advocate, zone)
    _fall_through(request, candidate, by=by, why=_("The customer offers other times."), now=now)
    candidate.slots.all().delete()
    steps.stop_reminding(candidate, [*steps.OF_QUESTION, *steps.OF_TIMES])
    starts = sorted(set(starts))
    Slot.objects.bulk_create(Slot(candidate=candidate, starts_at=at, offered_at=now) for at in starts)
    steps.accept(candidate, by=by, now=now)
    steps.hand_over(request, to=request.requester, due_at=due_for(PICK_SLOT, request.requester, now))
    _tell_of_times(request, candidate, starts, by, now)
    return candidate


@transaction.atomic
def promise_in_writing(*, candidate: Candidate, by: User | None, now: datetime, link: SecretLink | None = None) -> Candidate:
    """The customer writes: no times, the day it is needed by counts. Raises NotWanted and LinkUsed."""
    request, candidate = lock_current(candidate)
    if link:
        use_link(link=link, now=now)
    if not move(request, to=Status.SCHEDULED, by=by, changed_at=now, why=_("In writing.")):
        return candidate
    steps.stop_reminding(candidate, steps.OF_QUESTION)
    steps.accept(candidate, by=by, now=now)
    move_ask(ask=candidate.ask, to=Ask.State.SCHEDULED, by=by, now=now, counts_on=request.needed_by)
    steps.hand_over(request, to=request.requester, due_at=start_of(request.needed_by))
    call_mails.agreed_in_writing(candidate, now)
    if candidate.advocate.email:
        call_mails.promised_in_writing(candidate, token=link_for_advocate(candidate, now), now=now)
    return candidate


def _remember_zone(advocate, zone):
    if zone and advocate.time_zone != zone:
        advocate.time_zone = zone
        advocate.save(update_fields=["time_zone"])


def _tell_of_times(request, candidate, starts, by, now):
    if request.prospect_email:
        token = link_for_prospect(candidate, now)
        call_mails.prospect_picks(candidate, token=token, starts=starts, now=now)
    call_mails.times_offered(candidate, starts=starts, now=now)
    if candidate.advocate.email:
        call_mails.times_kept(candidate, token=link_for_advocate(candidate, now), starts=starts, now=now)
    contact = briefs.contact_of(candidate, now)
    if by is None and contact:
        call_mails.customer_answered(candidate, to=contact, answer=_("Yes"), details="", now=now)


# Choosing ---------------------------------------------------------------------------------------


def pick_link(*, candidate: Candidate, now: datetime) -> str:
    """A fresh token for the prospect's page, for the requester to pass on; raises NotWanted."""
    with transaction.atomic():
        _request, candidate = lock_current(candidate)
        return link_for_prospect(candidate, now)


@transaction.atomic
def pick_time(
    *, candidate: Candidate, slot: int, seen: str, by: User | None, now: datetime, link: SecretLink | None = None
) -> Candidate:
    """The prospect's side chooses one of the times offered, or another one than before.

    `seen` is the time the page showed as agreed (ISO, or ""): of two who choose at once the second hears what
    the first chose. Raises TimeGone, AnsweredMeanwhile, NotWanted, and LinkUsed for a link used before.
    """
    sentence = _("This conversation is no longer planned. Nothing was chosen.")
    request, candidate = lock_current(candidate, sentence)
    chosen = candidate.slots.filter(pk=slot).first()
    if chosen and chosen.picked_at and request.scheduled_for == chosen.starts_at:
        return candidate
    if seen != seen_of(request):
        raise AnsweredMeanwhile(_("Somebody has just chosen a time. Look at what is agreed."))
    _require_to_come(request, now)
    if chosen is None:
        raise TimeGone(_("This time is no longer on offer. Please choose another."))
    if chosen.starts_at <= now:
        raise TimeGone(_("This time has passed. Please choose another."))
    if link:
        use_link(link=link, now=now)
    agree_on(request=request, candidate=candidate, at=chosen.starts_at, by=by, now=now)
    return candidate


def _require_to_come(request, now):
    """Once it was to begin, what became of it is said first."""
    if request.status == Status.SCHEDULED and request.scheduled_for and request.scheduled_for <= now:
        raise NotWanted(_("The agreed time has come. Say first that it did not take place."))


def seen_of(request: ReferenceRequest) -> str:
    return request.scheduled_for.isoformat() if request.scheduled_for else ""


@transaction.atomic
def want_other_times(
    *, candidate: Candidate, why: str, by: User | None, now: datetime, link: SecretLink | None = None
) -> Candidate:
    """None of the times suits, or the agreed one cannot be kept: the customer is asked for others. Raises NotWanted."""
    request, candidate = lock_current(candidate)
    _require_to_come(request, now)
    if link:
        use_link(link=link, now=now)
    why = why.strip() or _("None of the times suits the other side.")
    _fall_through(request, candidate, by=by, why=why, now=now)
    candidate.slots.all().delete()
    steps.stop_reminding(candidate, [*steps.OF_QUESTION, *steps.OF_TIMES])
    call_mails.other_times_sought(candidate, why=why, now=now)
    if candidate.advocate.email:
        again = _("thank you for the times you offered. The other side cannot make them; could you offer others?")
        ask_by_laurel(candidate=candidate, by=by, again=again, now=now)
    else:
        give_to_keeper(request, candidate, now)
    return candidate


def _fall_through(request, candidate, *, by, why, now):
    """The time agreed is off; the status stays: it is a change of time, and history."""
    if request.scheduled_for is None:
        return
    if request.status == Status.SCHEDULED:
        invitations.take_back(
            request=request, candidate=candidate, why=_("the time we agreed on is off; a new one follows."), now=now
        )
        record_change(request, from_status=request.status, to_status=request.status, by=by, why=why, changed_at=now)
    request.scheduled_for = None
    request.save(update_fields=["scheduled_for"])
    candidate.slots.update(picked_at=None)


# The clock --------------------------------------------------------------------------------------


def renew_passed_times(*, now: datetime) -> int:
    """Where every time offered has passed and nobody chose, the customer is asked for others; found by query."""
    waiting = Candidate.objects.filter(
        state=Candidate.State.APPROVED,
        request__status__in=[Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW],
        request__scheduled_for__isnull=True,
        slots__isnull=False,
    ).exclude(slots__starts_at__gt=now)
    return steps.each(waiting.distinct().order_by("pk"), _renew, now)


@transaction.atomic
def _renew(candidate, now):
    request, candidate = lock_current(candidate)
    if request.scheduled_for or not candidate.slots.exists() or candidate.slots.filter(starts_at__gt=now).exists():
        return 0
    want_other_times(candidate=candidate, why=_("Nobody chose in time: all the times offered have passed."), by=None, now=now)
    return 1

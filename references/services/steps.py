"""The parts every step of a request is made of."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.links import end_links
from advocacy.models import Advocate, Ask, SecretLink, User
from advocacy.people import responsible_for
from advocacy.services import move_ask
from advocacy.workflow import move
from advocacy.working_time import day_of
from outbox.faults import without_words
from outbox.models import Message
from outbox.services import cancel_messages
from references.exceptions import NobodyPutForward
from references.models import Candidate, ReferenceRequest
from references.services.invitations import free_advocate

logger = logging.getLogger(__name__)
LINKS_OUTSIDE = (SecretLink.Purpose.ANSWER_REFERENCE, SecretLink.Purpose.PICK_SLOT, SecretLink.Purpose.DEBRIEF)


def each(rows: Iterable, step: Callable[..., int], now: datetime) -> int:
    """What a clock did in all. What goes wrong with one of them must not stop it for the others; `step` is a transaction."""
    done = 0
    for row in rows:
        try:
            done += step(row, now)
        except (RuleBroken, DatabaseError) as error:
            told = without_words(error)
            logger.error("The clock left %s %s as it was.", row._meta.label, row.pk, exc_info=told)
    return done


def lock(request: ReferenceRequest) -> ReferenceRequest:
    """The request as it is now, held until the transaction ends: two people's steps come one after the other."""
    return ReferenceRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)


def current(request: ReferenceRequest) -> Candidate | None:
    return request.candidates.current().select_related("advocate__account__csm", "ask").first()


def current_or_raise(request: ReferenceRequest, sentence: str) -> Candidate:
    if candidate := current(request):
        return candidate
    raise NobodyPutForward(sentence)


def hand_over(request: ReferenceRequest, *, to: User | None, due_at: datetime | None) -> None:
    """Say whose turn it is (None: the advocacy team's, or nobody's when the request has ended), and until when."""
    request.holder = to
    request.due_at = due_at
    request.escalated_at = None
    request.save(update_fields=["holder", "due_at", "escalated_at"])
    cancel_messages(kind="request_overdue", about=request)


def keeper_of(candidate: Candidate, now: datetime) -> User | None:
    return keeper_for(candidate.advocate, now)


def keeper_for(advocate: Advocate, now: datetime) -> User | None:
    """The CSM or the deputy; None when the advocacy team stands in."""
    account = advocate.account
    people = responsible_for(account, day_of(now))
    stands_for = {account.csm_id, account.csm.deputy_id} if account and account.csm else set()
    return people[0] if len(people) == 1 and people[0].pk in stands_for else None


def accept(candidate: Candidate, *, by: User | None, now: datetime) -> None:
    """The customer said yes, once."""
    if candidate.ask.state == Ask.State.ASKED:
        move_ask(ask=candidate.ask, to=Ask.State.ACCEPTED, by=by, now=now)


def give_back(candidate: Candidate, *, state: str, ask_state: str, by: User | None, now: datetime, why: str) -> None:
    """End a candidacy and its ask together; an ask that has ended already stays as it ended.

    A customer who knew of it hears so, and calendars are emptied.
    """
    knew = customer_knows(candidate)
    candidate.note = why
    candidate.decided_by = by
    candidate.decided_at = now
    move(candidate, to=state, by=by, why=why, changed_at=now)
    candidate.save(update_fields=["note", "decided_by", "decided_at"])
    ask = Ask.objects.get(pk=candidate.ask_id)
    if ask.state in Ask.IN_FLIGHT:
        move_ask(ask=ask, to=ask_state, by=by, now=now, why=why)
    for purpose in LINKS_OUTSIDE:
        end_links(purpose=purpose, about=candidate, now=now)
    stop_asking_for_approval(candidate, now)
    stop_reminding(candidate, [*OF_QUESTION, *OF_TIMES, *OF_RENEWAL])
    if knew:
        request = ReferenceRequest.objects.get(pk=candidate.request_id)
        free_advocate(request=request, candidate=candidate, said_no=ask_state == Ask.State.DECLINED, now=now)


def customer_knows(candidate: Candidate) -> bool:
    """Somebody has spoken with the customer about it, or written."""
    agreed = candidate.ask.state in (Ask.State.ACCEPTED, Ask.State.SCHEDULED, Ask.State.NO_SHOW)
    return agreed or candidate.asked_at is not None


def stop_asking_for_approval(candidate: Candidate, now: datetime) -> None:
    """It has its answer: mails that have not gone out stay, and the links in the others end."""
    cancel_messages(kind="request_approval", about=candidate)
    end_links(purpose=SecretLink.Purpose.APPROVE_REFERENCE, about=candidate, now=now)


# What waits in the outbox to remind somebody, by what it reminds of.
OF_QUESTION = ("customer_asked_again", "customer_silent")
OF_TIMES = ("prospect_picks_again", "time_not_chosen")
OF_RENEWAL = ("call_near_renewal",)


def stop_reminding(candidate: Candidate, kinds: Iterable[str]) -> None:
    """What a reminder asks for is done, or not wanted any more: one that has not gone out stays."""
    for kind in kinds:
        cancel_messages(kind=kind, about=candidate)


def stop_reminding_those_told(candidate: Candidate, people: Iterable[str]) -> None:
    """They read that it is overdue: a mail that it still waits, and has not gone out, stays."""
    reminds = Q(kind__in=[*OF_QUESTION, *OF_TIMES]) | Q(kind="request_approval", key__endswith=":again")
    waiting = Message.objects.waiting().about(candidate).filter(reminds, recipient__in=people)
    waiting.update(state=Message.State.CANCELLED, last_error=_("It is overdue by now, and another mail says so."))


def end(request: ReferenceRequest, *, status: str, by: User | None, now: datetime, why: str) -> None:
    move(request, to=status, by=by, why=why, changed_at=now)
    for waiting in request.candidates.in_line():
        move(waiting, to=Candidate.State.WITHDRAWN, by=by, why=why, changed_at=now)
    hand_over(request, to=None, due_at=None)

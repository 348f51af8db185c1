"""Choosing winners, and the customer's answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Consent, User
from advocacy.workflow import move, record_change
from awards import standings
from awards.exceptions import JudgingStillOpen, ReasonMissing, WinnerNotChosen
from awards.models import Winner
from nominations.models import Entry, NomineeReply, Program
from nominations.services import record_reply


def choose_winner(*, entry: Entry, by: User, now: datetime, reason: str = "") -> Winner:
    """Put an entry forward as winner of its category, with its rank at this moment.

    Raises ReasonMissing where the order is not followed and no reason is given, WinnerNotChosen where it cannot be.
    """
    with transaction.atomic():
        program = _locked_program(entry)
        _refuse_before_the_close(program, now)
        entry = Entry.objects.select_related("nomination", "category").get(pk=entry.pk)
        row, table = _place(program, entry)
        if row.is_chosen:
            return row.winner
        if row.nomination.status != row.nomination.Status.SUBMITTED:
            raise WinnerNotChosen(row.standing.reasons[0].sentence)
        out_of_order = why_out_of_order(row, table, program)
        if out_of_order and not reason.strip():
            raise ReasonMissing(_("%(why)s Give a reason to choose it all the same.") % {"why": out_of_order})
        move(entry, to=Entry.Status.SELECTED, by=by, why=reason.strip(), changed_at=now)
        return _offer(entry, row, by, reason.strip(), now)


def why_out_of_order(row, table, program) -> str:
    """The sentence that says how choosing this row departs from the order; empty when it follows it."""
    if row.rank is None:
        return _("This nomination does not rank.")
    if len(table.chosen) >= program.winners_per_category:
        return _("All places of this category are taken.")
    waiting = [one for one in table.ranked if one.is_free and one is not row]
    if better := [one for one in waiting if one.rank < row.rank]:
        return _("%(better)s ranks higher and is not chosen.") % {"better": better[0].nomination}
    places_left = program.winners_per_category - len(table.chosen)
    equals = [one for one in waiting if one.rank == row.rank]
    if len(equals) >= places_left:
        return _("%(equal)s has the same rank, and there is not a place for all.") % {"equal": equals[0].nomination}
    return ""


def take_back_choice(*, winner: Winner, by: User, reason: str, now: datetime) -> None:
    """Undo a choice before the announcement; the entry can be chosen again."""
    if not reason.strip():
        raise ReasonMissing(_("Say why the choice is taken back."))
    with transaction.atomic():
        _refuse_after_the_announcement(_locked_program(winner.entry))
        if move(winner, to=Winner.Status.REVOKED, by=by, why=reason.strip(), changed_at=now):
            move(winner.entry, to=Entry.Status.ENTERED, by=by, why=reason.strip(), changed_at=now)


def record_acceptance(
    *, winner: Winner, by: User, evidence: str, scope: list[str], now: datetime, method: str = Consent.Method.MAIL
) -> Winner:
    """The customer accepts the award: their yes, what it covers, and where the answer can be read.

    A yes the nominee gave before stands; what is new in `scope` is added to it.
    """
    _refuse_a_hollow_yes(scope, evidence)
    with transaction.atomic():
        _refuse_after_the_announcement(_locked_program(winner.entry))
        nomination = winner.entry.nomination
        reply = NomineeReply.objects.filter(nomination=nomination).first()
        covered = set(reply.scope) if reply and reply.answer == NomineeReply.Answer.YES else set()
        if not covered >= set(scope):
            record_reply(
                nomination=nomination,
                answer=NomineeReply.Answer.YES,
                scope=sorted(covered | set(scope)),
                evidence=evidence.strip(),
                method=method,
                by=by,
                now=now,
            )
        move(winner, to=Winner.Status.ACCEPTED, by=by, why=evidence.strip(), changed_at=now)
    return winner


def record_decline(*, winner: Winner, by: User, why: str, now: datetime) -> Winner:
    """The customer says no: the place is free for the next in order."""
    if not why.strip():
        raise ReasonMissing(_("Say how and why the customer declined."))
    with transaction.atomic():
        _refuse_after_the_announcement(_locked_program(winner.entry))
        move(winner, to=Winner.Status.DECLINED, by=by, why=why.strip(), changed_at=now)
        move(winner.entry, to=Entry.Status.DECLINED, by=by, why=why.strip(), changed_at=now)
    return winner


def _locked_program(entry):
    return Program.objects.select_for_update(of=("self",)).get(categories=entry.category_id)


def _refuse_before_the_close(program, now):
    _refuse_after_the_announcement(program)
    if now <= program.judging_closes_at:
        raise JudgingStillOpen(_("Winners are chosen when judging has closed."))


def _refuse_after_the_announcement(program):
    if program.announced_at:
        raise WinnerNotChosen(_("The winners of %(program)s are announced.") % {"program": program})


def _refuse_a_hollow_yes(scope, evidence):
    if Consent.Purpose.PUBLIC_AWARD not in scope:
        raise ReasonMissing(_("Without a yes to the public award there is nothing to announce."))
    if not evidence.strip():
        raise ReasonMissing(_("Say where the customer's answer can be read."))


def _place(program, entry):
    for table in standings.tables_of(program):
        for row in table.rows:
            if row.entry and row.entry.pk == entry.pk:
                return row, table
    raise WinnerNotChosen(_("This nomination is not in the running."))


def _offer(entry, row, by, reason, now):
    winner, is_new = Winner.objects.get_or_create(
        entry=entry, defaults={"category": entry.category, "rank": row.rank, "reason": reason, "chosen_by": by, "chosen_at": now}
    )
    if is_new:
        record_change(winner, from_status="", to_status=Winner.Status.OFFERED, by=by, why=reason, changed_at=now)
        return winner
    winner.rank, winner.reason, winner.chosen_by, winner.chosen_at = row.rank, reason, by, now
    winner.save(update_fields=["rank", "reason", "chosen_by", "chosen_at"])
    move(winner, to=Winner.Status.OFFERED, by=by, why=reason, changed_at=now)
    return winner

"""Choosing winners, and the customer's answer where the team records it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Consent, User
from advocacy.workflow import move
from awards import standings
from awards.exceptions import JudgingStillOpen, ReasonMissing, WinnerNotChosen
from awards.models import Winner
from awards.services.answers import (
    Wording,
    lock_program,
    refuse_after_the_announcement,
    settle_acceptance,
    settle_decline,
)
from awards.services.reserves import give_place
from nominations.models import Entry, Nomination, NomineeReply, Program
from nominations.services import record_reply


def choose_winner(*, entry: Entry, by: User, now: datetime, reason: str = "") -> Winner:
    """Put an entry forward as winner of its category, with its rank at this moment.

    Raises ReasonMissing where the order is not followed and no reason is given, WinnerNotChosen where it cannot be.
    """
    with transaction.atomic():
        program = lock_program(entry)
        _refuse_before_the_close(program, now)
        entry = Entry.objects.select_related("nomination", "category").get(pk=entry.pk)
        row, table = _place(program, entry)
        if row.is_chosen:
            return row.winner
        if row.nomination.status != row.nomination.Status.SUBMITTED:
            reasons = row.standing.reasons  # none in a result frozen before it left the running
            raise WinnerNotChosen(reasons[0].sentence if reasons else _("This nomination is no longer in the running."))
        out_of_order = why_out_of_order(row, table, program)
        if out_of_order and not reason.strip():
            raise ReasonMissing(_("%(why)s Give a reason to choose it all the same.") % {"why": out_of_order})
        return give_place(entry=entry, rank=row.rank, reason=reason.strip(), chosen_by=by, by=by, now=now)


def shortlist(*, entry: Entry, by: User, now: datetime) -> None:
    """Put an entry on the shortlist of its category, a step a program may use; again changes nothing.

    Raises JudgingStillOpen, WinnerNotChosen after the announcement, ForbiddenMove once it was decided on.
    """
    with transaction.atomic():
        _refuse_before_the_close(lock_program(entry), now)
        move(entry, to=Entry.Status.SHORTLISTED, by=by, changed_at=now)


def why_out_of_order(row, table, program) -> str:
    """The sentence that says how choosing this row departs from the order; empty when it follows it."""
    if row.rank is None:
        return _("This nomination does not rank.")
    if len(_rivals(row, table, program)) >= program.winners_per_category:
        return _("All places of this category are taken.")
    waiting = [one for one in table.ranked if one.is_free and one is not row]
    if better := [one for one in waiting if one.rank < row.rank]:
        return _("%(better)s ranks higher and is not chosen.") % {"better": better[0].nomination}
    if program.tie_rule == Program.TieRule.SHARED:
        return ""  # Equals win together, even where there are more of them than places.
    places_left = program.winners_per_category - len(table.chosen)
    equals = [one for one in waiting if one.rank == row.rank]
    if len(equals) >= places_left:
        return _("%(equal)s has the same rank, and there is not a place for all.") % {"equal": equals[0].nomination}
    return ""


def _rivals(row, table, program):
    """The chosen who take a place away: joint winners take none from their equals."""
    if program.tie_rule != Program.TieRule.SHARED:
        return table.chosen
    return [one for one in table.chosen if one.rank != row.rank]


def record_acceptance(
    *,
    winner: Winner,
    by: User,
    evidence: str,
    scope: list[str],
    now: datetime,
    method: str = Consent.Method.MAIL,
    wording: Wording | None = None,
) -> Winner:
    """The customer accepts the award: their yes, what it covers, and where the answer can be read.

    A yes the nominee gave before stands; what is new in `scope` is added to it. How they are shown follows
    the nomination where `wording` says nothing.
    """
    _refuse_a_hollow_yes(scope, evidence)
    with transaction.atomic():
        refuse_after_the_announcement(lock_program(winner.entry))
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
        wording = wording or wording_of(nomination, covered | set(scope))
        settle_acceptance(winner=winner, wording=wording, by=by, why=evidence.strip(), now=now)
    return winner


def wording_of(nomination: Nomination, scope: Iterable[str] = tuple(Consent.Purpose)) -> Wording:
    """How a winner would be shown by what we know of them, as far as `scope` allows."""
    nominee = nomination.nominee
    return Wording(
        name=nominee.name if nominee and Consent.Purpose.USE_NAME_TITLE in scope else "",
        title=nominee.title if nominee and Consent.Purpose.USE_NAME_TITLE in scope else "",
        company=_company_of(nomination) if Consent.Purpose.USE_COMPANY_NAME in scope else "",
        quote=nomination.quote if Consent.Purpose.USE_QUOTE in scope else "",
    )


def record_decline(*, winner: Winner, by: User, why: str, now: datetime) -> Winner:
    """The customer says no: the next reserve is put forward, or before the freeze the place is free for the next."""
    if not why.strip():
        raise ReasonMissing(_("Say how and why the customer declined."))
    with transaction.atomic():
        refuse_after_the_announcement(lock_program(winner.entry))
        settle_decline(winner=winner, by=by, why=why.strip(), now=now)
    return winner


def _refuse_before_the_close(program, now):
    refuse_after_the_announcement(program)
    if now <= program.judging_closes_at:
        raise JudgingStillOpen(_("Winners are chosen when judging has closed."))


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


def _company_of(nomination):
    return nomination.account.name if nomination.account else nomination.organization_as_given

"""Freezing a program's result and announcing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Consent, User
from advocacy.walltime import in_words
from advocacy.workflow import move, record_change
from awards import emails, freezing
from awards.exceptions import JudgingStillOpen, NotReadyToAnnounce
from awards.models import Result, Winner
from awards.services.advocates import keep_candidates, make_advocate, suggest_candidates
from awards.services.announcement_mails import (
    announcement_mails,
    is_to_many,
    not_selected,
    prepare_announcement,
    write_in_background,
)
from awards.services.freezing import freeze_result
from awards.services.reserves import chosen_outside_result
from nominations.models import Entry, Nomination, NomineeReply, Program
from outbox.services import cancel_messages


def announce(*, program: Program, by: User, now: datetime) -> Result:
    """Settle every entry by the newest result, frozen now if there is none, and make each winner an advocate with a story.

    Announced already: returns the result there is. Raises JudgingStillOpen or NotReadyToAnnounce.
    """
    with transaction.atomic():
        locked = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        result = Result.objects.newest_of(locked)
        if locked.announced_at:
            return result
        winners = list(chosen(locked))
        _refuse_unless_ready(locked, winners, now)
        if sentence := why_not_yet(locked, now):
            raise NotReadyToAnnounce(sentence)
        result = result or freeze_result(program=locked, by=by, now=now)
        for winner in winners:
            move(winner.entry, to=Entry.Status.WON, by=by, changed_at=now)
            make_advocate(winner=winner, by=by, now=now)
        if is_to_many(locked):
            write_in_background(program=locked, by=by, now=now)
        else:
            prepare_announcement(program=locked, winners=winners, by=by, now=now)
        others = list(not_selected(locked, winners))
        keep_candidates(nominations=others)
        suggest_candidates(program=locked, nominations=others, now=now)
        for entry in _left_over(locked):
            move(entry, to=Entry.Status.NOT_SELECTED, by=by, changed_at=now)
        locked.announced_at = now
        locked.save(update_fields=["announced_at"])
        cancel_messages(kind=emails.ANNOUNCEMENT_SOON, about=locked)
        record_change(locked, from_status=Program.Phase.JUDGED, to_status=Program.Phase.ANNOUNCED, by=by, changed_at=now)
    program.announced_at = now
    return result


def prepare(*, program: Program, now: datetime, by: User | None = None) -> int:
    """Write the mails of the announcement ahead of it, to be read; returns how many are held.

    Whatever changes until the announcement is taken up then. Raises NotReadyToAnnounce.
    """
    with transaction.atomic():
        locked = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        winners = list(chosen(locked))
        if not locked.announced_at:
            _refuse_unless_ready(locked, winners, now)
        return prepare_announcement(program=locked, winners=winners, by=by, now=now)


def refresh_mails(*, program: Program, now: datetime) -> None:
    """Bring mails that are prepared and not sent up to date with a changed fact. Call it in a transaction that holds the program."""
    if announcement_mails(program).held().exists():
        winners = [winner for winner in chosen(program) if winner.status == Winner.Status.ACCEPTED]
        prepare_announcement(program=program, winners=winners, now=now)


def why_not_yet(program: Program, now: datetime) -> str:
    """The sentence before the date of the announcement; empty from then on."""
    if now >= program.announces_at:
        return ""
    return _("The announcement is set for %(moment)s. To announce earlier, move that date first.") % {
        "moment": in_words(program.announces_at, program.time_zone)
    }


def not_in_the_result(program: Program, winners: list[Winner]) -> list[str]:
    """Sentences, one for each standing winner the newest result does not speak of."""
    return [
        _("%(winner)s is not a winner of the frozen result. Freeze a new result with the reason.")
        % {"winner": winner.entry.nomination}
        for winner in chosen_outside_result(program, winners)
    ]


def what_is_missing(program: Program, winners: list[Winner], now: datetime) -> list[str]:
    """Sentences, one for each thing that stands between here and the announcement."""
    missing = [] if winners else [_("Choose at least one winner first.")]
    for winner in winners:
        nomination = winner.entry.nomination
        names = {"winner": nomination, "category": winner.category}
        if nomination.status != Nomination.Status.SUBMITTED:
            missing.append(_("%(winner)s is no longer in the running; take the choice back.") % names)
        if nomination.nominee is None:
            missing.append(_("%(winner)s: add the nominee to the nomination, then announce.") % names)
        if winner.status == Winner.Status.OFFERED:
            missing.append(_("%(winner)s has not accepted yet (%(category)s).") % names)
        elif not _said_yes(nomination):
            missing.append(_("%(winner)s: the nominee's yes to a public award is missing.") % names)
    return missing


def _refuse_unless_ready(program, winners, now):
    if now <= program.judging_closes_at:
        raise JudgingStillOpen(_("Results are announced when judging has closed."))
    missing = what_is_missing(program, winners, now) + not_in_the_result(program, winners) + _changed_since(program)
    if missing:
        raise NotReadyToAnnounce(" ".join(missing))


def _changed_since(program):
    """What came to light after the freeze goes into a new result, never beside the old one."""
    newest = Result.objects.newest_of(program)
    if newest is None or freezing.is_current(newest, program):
        return []
    return [_("Scores or recusals changed since the result was frozen. Freeze a new result with the reason.")]


def _said_yes(nomination):
    reply = getattr(nomination, "reply", None)
    return bool(reply and reply.answer == NomineeReply.Answer.YES and Consent.Purpose.PUBLIC_AWARD in reply.scope)


def chosen(program):
    return (
        Winner.objects.standing()
        .filter(category__program=program)
        .select_related(
            "category",
            "entry__category",
            "entry__nomination__nominee__account",
            "entry__nomination__account",
            "entry__nomination__reply",
        )
    )


def _left_over(program):
    return Entry.objects.filter(category__program=program, status__in=[Entry.Status.ENTERED, Entry.Status.SHORTLISTED]).exclude(
        nomination__status=Nomination.Status.DRAFT
    )

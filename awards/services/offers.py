"""Offering awards: sent by a person, with days to answer; reminded of, and lapsed, by the clocks."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.links import issue_link
from advocacy.models import SecretLink, User
from advocacy.people import responsible_for
from advocacy.workflow import record_change
from advocacy.working_time import day_of
from awards import emails
from awards.deadlines import day_after, end_of, is_over
from awards.exceptions import OfferNotSent
from awards.models import Result, Winner
from awards.services.announcement import refresh_mails
from awards.services.answers import (
    deadline_words,
    lock_program,
    mail_of_offer,
    refuse_after_the_announcement,
    settle_decline,
    stop_offer,
)
from awards.services.reserves import chosen_outside_result, newest_result
from nominations.models import Nomination, Program
from outbox.models import Message
from outbox.services import cancel_messages

# The page behind the link still says what was answered, long after the day.
LINK_LASTS = timedelta(days=90)
NOT_ARRIVED = {Message.State.BOUNCED, Message.State.FAILED, Message.State.CANCELLED}


def why_not_offered(winner: Winner, *, result: Result | None, outside: list[Winner], mail: Message | None) -> str:
    """The sentence that stands against sending this offer now; empty when it may go.

    `result` is the newest frozen one, `outside` the standing winners it does not account for, `mail` the last
    one of this offer.
    """
    program, nomination = winner.category.program, winner.entry.nomination
    if program.announced_at:
        return _("The winners of %(program)s are announced.") % {"program": program}
    if winner.status != Winner.Status.OFFERED:
        return _("There is an answer already: %(status)s.") % {"status": winner.get_status_display()}
    if result is None:
        return _("Freeze the result first: offers go out by the frozen order.")
    if nomination.status != Nomination.Status.SUBMITTED:
        return _("%(winner)s is no longer in the running; take the choice back.") % {"winner": nomination}
    if nomination.nominee is None:
        return _("%(winner)s: add the nominee to the nomination first.") % {"winner": nomination}
    if winner in outside:
        return _("%(winner)s is not a winner of the frozen result. Freeze a new result with the reason first.") % {
            "winner": nomination
        }
    if winner.offered_at and not _did_not_arrive(winner, mail):
        return _("The offer has been sent.")
    return ""


def standing_winners(program: Program) -> list[Winner]:
    return list(Winner.objects.standing().filter(category__program=program))


def send_offer(*, winner: Winner, by: User, now: datetime) -> Winner:
    """Mail the offer to the nominee and tell whoever looks after the account; the days to answer start now.

    Where the nominee has no e-mail address, those people are asked to speak with them. Sent twice at once it
    goes once. An offer that did not arrive may be sent again. Raises OfferNotSent.
    """
    with transaction.atomic():
        program = lock_program(winner)
        winner = _fresh(winner)
        winner.category.program = program
        facts = {
            "result": newest_result(program),
            "outside": chosen_outside_result(program, standing_winners(program)),
            "mail": mail_of_offer(winner),
        }
        if sentence := why_not_offered(winner, **facts):
            raise OfferNotSent(sentence)
        stop_offer(winner, now)
        winner.offered_at = now
        winner.answer_by = day_after(now, program.days_to_accept, program.time_zone)
        winner.save(update_fields=["offered_at", "answer_by"])
        _record(winner, by, _("The offer was sent; an answer is expected by %(day)s."), now)
        people = responsible_for(winner.entry.nomination.account, on=day_of(now))
        for person in people:
            emails.award_offered_colleague(winner, person, deadline=deadline_words(winner), now=now)
        if winner.entry.nomination.nominee.email:
            emails.award_offer(
                winner, token=_new_token(winner, now), contact=_first(people), deadline=deadline_words(winner), now=now
            )
    return winner


def preview_offer(winner: Winner, *, now: datetime) -> tuple[str, str]:
    """Subject and text of the offer as it would go out now, with a link that opens nothing."""
    program = winner.category.program
    as_sent = _fresh(winner)
    as_sent.category.program = program
    as_sent.answer_by = day_after(now, program.days_to_accept, program.time_zone)
    people = responsible_for(winner.entry.nomination.account, on=day_of(now))
    return emails.preview_offer(as_sent, contact=_first(people), deadline=deadline_words(as_sent))


def set_terms(
    *, winner: Winner, by: User, now: datetime, answer_by: date | None, embargo_until: datetime | None, announcement_words: str
) -> Winner:
    """Change the day to answer, the embargo and the words of the announcement; a moved day reminds anew.

    The embargo and the words may change after the announcement too. Raises WinnerNotChosen, OfferNotSent.
    """
    with transaction.atomic():
        program = lock_program(winner)
        winner = _fresh(winner)
        winner.category.program = program
        if answer_by != winner.answer_by:
            refuse_after_the_announcement(program)
            _refuse_a_wrong_day(winner, answer_by, now)
            winner.answer_by = answer_by
            _record(winner, by, _("An answer is expected by %(day)s."), now)
        if embargo_until != winner.embargo_until:
            cancel_messages(kind=emails.EMBARGO_LIFTS, about=winner)
        winner.embargo_until, winner.wording = embargo_until, announcement_words
        winner.save(update_fields=["answer_by", "embargo_until", "wording"])
        refresh_mails(program=program, now=now)
    return winner


def lapse_offers(*, now: datetime) -> int:
    """Let offers lapse whose last day is over, and put the reserves forward; safe to run twice and side by side."""
    lapsed = 0
    for winner in Winner.objects.unanswered().filter(answer_by__lte=day_of(now) + timedelta(days=1)):
        if is_over(winner.answer_by, winner.category.program.time_zone, now):
            lapsed += _lapse(winner, now)
    return lapsed


@transaction.atomic
def _lapse(winner, now):
    """Under the program's lock the winner is read again: they may have answered in the last moment."""
    program = lock_program(winner)
    winner = _fresh(winner)
    winner.category.program = program
    if winner.status != Winner.Status.OFFERED or not is_over(winner.answer_by, program.time_zone, now):
        return False
    why = _("No answer by %(day)s.") % {"day": deadline_words(winner)}
    settle_decline(winner=winner, by=None, why=why, now=now, to=Winner.Status.LAPSED)
    for person in responsible_for(winner.entry.nomination.account, on=day_of(now)):
        emails.award_lapsed(winner, person, now=now)
    return True


@transaction.atomic
def remind_of_offer(*, winner: Winner, now: datetime) -> None:
    """Remind nominee and CSM once of a day to answer; whoever answered in the last moment is not."""
    program = lock_program(winner)
    winner = _fresh(winner)
    winner.category.program = program
    occurrence = f"{winner.answer_by}"
    written = Message.objects.about(winner).filter(kind__in=emails.REMINDER_KINDS, key__endswith=f":{occurrence}")
    if winner.status != Winner.Status.OFFERED or winner.answer_by is None or written.exists():
        return
    people = responsible_for(winner.entry.nomination.account, on=day_of(now))
    deadline = deadline_words(winner)
    for person in people:
        emails.award_reminder_colleague(winner, person, occurrence=occurrence, deadline=deadline, now=now)
    if winner.entry.nomination.nominee.email and not _did_not_arrive(winner, mail_of_offer(winner)):
        token, contact = _new_token(winner, now), _first(people)
        emails.award_reminder(winner, token=token, contact=contact, occurrence=occurrence, deadline=deadline, now=now)


def _fresh(winner):
    return Winner.objects.select_related(
        "category__program__contact", "entry__category", "entry__nomination__nominee", "entry__nomination__account"
    ).get(pk=winner.pk)


def _new_token(winner, now):
    until = max(end_of(winner.answer_by, winner.category.program.time_zone), winner.category.program.announces_at, now)
    return issue_link(purpose=SecretLink.Purpose.ACCEPT_AWARD, about=winner, expires_at=until + LINK_LASTS)


def _did_not_arrive(winner, mail):
    """The offer's mail came back, failed or was stopped; or there is an address now where there was none."""
    return mail.state in NOT_ARRIVED if mail else bool(winner.entry.nomination.nominee.email)


def _record(winner, by, words, now):
    why = words % {"day": deadline_words(winner)}
    record_change(winner, from_status=winner.status, to_status=winner.status, by=by, why=why, changed_at=now)


def _refuse_a_wrong_day(winner, answer_by, now):
    if winner.offered_at is None or winner.status != Winner.Status.OFFERED:
        raise OfferNotSent(_("The day to answer starts with the offer, and ends with the answer."))
    if answer_by is None or is_over(answer_by, winner.category.program.time_zone, now):
        raise OfferNotSent(_("Choose a day that is not over yet."))


def _first(people):
    return people[0] if people else None

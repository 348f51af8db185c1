"""The answer to an offered award, whoever brings it: the nominee by the link in a mail, or the team by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.consent_texts import OF_THE_COMPANY, TEXTS_OF_AWARD
from advocacy.links import end_links, use_link
from advocacy.models import Consent, Recognition, SecretLink, User
from advocacy.people import responsible_for
from advocacy.services import record_consent
from advocacy.text import clean_line, clean_text
from advocacy.workflow import move
from advocacy.working_time import day_of
from awards import emails
from awards.deadlines import is_over
from awards.exceptions import AnswerNotTaken, ReasonMissing, WinnerNotChosen
from awards.models import Winner
from awards.services.reserves import fill_place
from nominations.models import Entry, Nomination, NomineeReply, Prize, Program
from nominations.services import record_reply
from nominations.services.programs import team_of
from outbox.models import Message
from outbox.services import cancel_messages

Purpose = Consent.Purpose
# What the page of an offer asks about. What an earlier yes covered besides stays as it was.
ASKED = (Purpose.PUBLIC_AWARD, Purpose.USE_NAME_TITLE, Purpose.USE_COMPANY_NAME, Purpose.USE_LOGO, Purpose.USE_QUOTE)


@dataclass(frozen=True)
class Wording:
    """How a winner is shown, in the customer's own words."""

    name: str = ""
    title: str = ""
    company: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Acceptance:
    """What a nominee decided on the page of an offer; `purposes` maps a prize that is a donation to its purpose."""

    wording: Wording
    scope: frozenset
    purposes: dict[int, str] = field(default_factory=dict)


def lock_program(winner_or_entry) -> Program:
    """One at a time for a program: an answer, a lapse and an announcement see each other's work."""
    return Program.objects.select_for_update(of=("self",)).get(categories=winner_or_entry.category_id)


def refuse_after_the_announcement(program: Program) -> None:
    if program.announced_at:
        raise WinnerNotChosen(_("The winners of %(program)s are announced.") % {"program": program})


def donation_prizes(winner: Winner):
    """Prizes of this winner whose purpose the customer chooses."""
    return prizes_of(winner).filter(kind=Recognition.Kind.DONATION)


def prizes_of(winner: Winner):
    program = winner.category.program_id
    return Prize.objects.filter(program=program, category=None) | Prize.objects.filter(
        program=program, category=winner.category_id
    )


def why_no_answer(winner: Winner, now: datetime) -> str:
    """The sentence for a nominee whose answer cannot be taken; empty while it can."""
    program = winner.category.program
    if winner.status == Winner.Status.ACCEPTED:
        return _("You have accepted this award.")
    if winner.status == Winner.Status.DECLINED:
        return _("You have declined this award.")
    if winner.status == Winner.Status.REVOKED or winner.entry.nomination.status != Nomination.Status.SUBMITTED:
        return _("This award is no longer offered.")
    if program.announced_at:
        return _("The winners have been announced, so this answer cannot be taken any more.")
    if winner.status == Winner.Status.LAPSED or is_over(winner.answer_by, program.time_zone, now):
        return _("The time to answer is over.")
    return ""


@transaction.atomic
def accept_by_link(*, link: SecretLink, acceptance: Acceptance, now: datetime) -> Winner:
    """The nominee accepts on the page: wording, consents in the exact words shown, the donation's purpose.

    Raises AnswerNotTaken or LinkInvalid; then nothing is written.
    """
    winner = _take_up(link, now)
    nomination = winner.entry.nomination
    if Purpose.PUBLIC_AWARD not in acceptance.scope:
        raise ReasonMissing(_("Without a yes to the public award there is nothing to announce."))
    _record_scope(nomination, acceptance.scope, now)
    _choose_purposes(winner, acceptance.purposes)
    settle_acceptance(winner=winner, wording=acceptance.wording, by=None, why=_("Answered on the page."), now=now)
    tell_answer(winner=winner, why="", now=now)
    return winner


@transaction.atomic
def decline_by_link(*, link: SecretLink, why: str, now: datetime) -> Winner:
    """The nominee declines on the page; the next reserve is put forward. Raises AnswerNotTaken or LinkInvalid."""
    winner = _take_up(link, now)
    settle_decline(winner=winner, by=None, why=clean_text(why) or _("Answered on the page."), now=now)
    tell_answer(winner=winner, why=clean_text(why), now=now)
    return winner


def settle_acceptance(*, winner: Winner, wording: Wording, by: User | None, why: str, now: datetime) -> None:
    """Write down a yes. Call it in a transaction that holds the program."""
    if move(winner, to=Winner.Status.ACCEPTED, by=by, why=why, changed_at=now):
        winner.answered_at = now
        winner.shown_name, winner.shown_title = clean_line(wording.name), clean_line(wording.title)
        winner.shown_company, winner.shown_quote = clean_line(wording.company), clean_text(wording.quote)
        winner.save(update_fields=["answered_at", "shown_name", "shown_title", "shown_company", "shown_quote"])
        stop_offer(winner, now)


def settle_decline(*, winner: Winner, by: User | None, why: str, now: datetime, to: str = Winner.Status.DECLINED) -> None:
    """Write down a no, or a deadline that lapsed, and fill the place. Call it in a transaction that holds the program."""
    if move(winner, to=to, by=by, why=why, changed_at=now):
        lapsed = to == Winner.Status.LAPSED
        move(winner.entry, to=Entry.Status.LAPSED if lapsed else Entry.Status.DECLINED, by=by, why=why, changed_at=now)
        winner.answered_at = None if lapsed else now
        winner.save(update_fields=["answered_at"])
        stop_offer(winner, now)
        fill_place(winner=winner, now=now)


def stop_offer(winner: Winner, now: datetime) -> None:
    """The offer has its answer, or is gone: no mail of it goes out any more, and its other links end."""
    for kind in emails.OFFER_KINDS:
        cancel_messages(kind=kind, about=winner)
    end_links(purpose=SecretLink.Purpose.ACCEPT_AWARD, about=winner, now=now)


def tell_answer(*, winner: Winner, why: str, now: datetime) -> None:
    """Whoever looks after the customer and whoever runs the program hear what the nominee answered."""
    people = responsible_for(winner.entry.nomination.account, on=day_of(now)) + team_of(winner.category.program)
    for person in {person.pk: person for person in people}.values():
        emails.award_answered(winner, person, why=why, now=now)


def mail_of_offer(winner: Winner) -> Message | None:
    """The latest mail of the offer to the nominee, with what became of it."""
    return Message.objects.about(winner).filter(kind=emails.OFFER).order_by("pk").last()


def deadline_words(winner: Winner) -> str:
    """The last day to answer, such as "9 April 2026 (Europe/Berlin)"."""
    return f"{date_format(winner.answer_by, 'j F Y')} ({winner.category.program.time_zone})"


def _take_up(link, now):
    """The winner behind a link, locked, and the link used up."""
    program = lock_program(link.about)
    winner = Winner.objects.select_related("category", "entry__nomination__nominee", "entry__nomination__account").get(
        pk=link.object_id
    )
    winner.category.program = program
    if sentence := why_no_answer(winner, now):
        raise AnswerNotTaken(sentence)
    use_link(link=link, now=now)
    return winner


def _record_scope(nomination, scope: Iterable[str], now):
    """One consent for each tick, in the words on the page; a tick taken away is written as withdrawn."""
    reply = NomineeReply.objects.filter(nomination=nomination).first()
    covered = set(reply.scope) if reply and reply.answer == NomineeReply.Answer.YES else set()
    who = {"given_by": nomination.nominee.name, "method": Consent.Method.PAGE, "now": now}
    evidence = _("The page of the offer.")
    record_reply(
        nomination=nomination,
        answer=NomineeReply.Answer.YES,
        scope=(covered - set(ASKED)) | set(scope),
        evidence=evidence,
        by=None,
        texts=TEXTS_OF_AWARD,
        **who,
    )
    for purpose in [purpose for purpose in ASKED if purpose in covered and purpose in scope]:
        company = nomination.account if purpose in OF_THE_COMPANY else None
        record_consent(
            advocate=None if company else nomination.nominee,
            account=company,
            purpose=purpose,
            decision=Consent.Decision.GIVEN,
            text_shown=str(TEXTS_OF_AWARD[purpose]),
            evidence=evidence,
            **who,
        )


def _choose_purposes(winner, purposes):
    """What each donation goes to; whoever plans the prizes finds the same row by its key."""
    for prize in donation_prizes(winner):
        if chosen := clean_line(purposes.get(prize.pk, "")):
            Recognition.objects.update_or_create(
                source_key=f"winner:{winner.pk}:prize:{prize.pk}",
                defaults={"purpose": chosen},
                create_defaults={
                    "advocate": winner.entry.nomination.nominee,
                    "kind": prize.kind,
                    "what": prize.what,
                    "cost": prize.planned_cost,
                    "currency": prize.currency,
                    "purpose": chosen,
                },
            )

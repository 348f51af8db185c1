"""Un-winning: the choice is taken back, with a reason. Advocate, story and consents stay as they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.workflow import move
from advocacy.working_time import day_of
from awards import emails
from awards.exceptions import ReasonMissing, WinnerNotChosen
from awards.models import Winner
from awards.services.answers import lock_program, refuse_after_the_announcement, stop_offer
from awards.services.correction_mails import mailing_to_correct
from awards.services.stopping import stop_reminding_of_winner
from nominations.models import Entry
from outbox.models import Message
from outbox.services import cancel_messages

# Mails that tell somebody of the award.
TOLD = [emails.OFFER, emails.OFFER_COLLEAGUE, *emails.ABOUT_A_WINNER]
# What may have reached somebody, as far as we know.
GONE_OUT = [Message.State.IN_FLIGHT, Message.State.SENT, Message.State.UNKNOWN]


def take_back_choice(*, winner: Winner, by: User, reason: str, now: datetime) -> None:
    """Undo a choice before the announcement; the entry can be chosen again."""
    _refuse_without_reason(reason)
    with transaction.atomic():
        refuse_after_the_announcement(lock_program(winner))
        if move(winner, to=Winner.Status.REVOKED, by=by, why=reason.strip(), changed_at=now):
            move(winner.entry, to=Entry.Status.ENTERED, by=by, why=reason.strip(), changed_at=now)
            _correct_mails(winner, by, now)
            _forget_offer(winner)


def revoke_award(*, winner: Winner, by: User, reason: str, now: datetime) -> None:
    """Take an announced award back. The frozen result stays as it is; the award leaves the public pages.

    Raises ReasonMissing, WinnerNotChosen before the announcement, ForbiddenMove.
    """
    _refuse_without_reason(reason)
    with transaction.atomic():
        if not lock_program(winner).announced_at:
            raise WinnerNotChosen(_("Nothing is announced yet: take the choice back instead."))
        if move(winner, to=Winner.Status.REVOKED, by=by, why=reason.strip(), changed_at=now):
            move(winner.entry, to=Entry.Status.REVOKED, by=by, why=reason.strip(), changed_at=now)
            _correct_mails(winner, by, now)


def _refuse_without_reason(reason):
    if not reason.strip():
        raise ReasonMissing(_("Say why the choice is taken back."))


def _correct_mails(winner, by, now):
    """What has not gone out is stopped; whoever got one of these mails is owed a correction, which a person releases."""
    stop_offer(winner, now)
    for kind in emails.ABOUT_A_WINNER:
        cancel_messages(kind=kind, about=winner)
    stop_reminding_of_winner(winner)
    wrong = Message.objects.about(winner).filter(kind__in=TOLD, state__in=GONE_OUT)
    recipients = dict(wrong.order_by("pk").values_list("recipient", "pk"))
    people = responsible_for(winner.entry.nomination.account, on=day_of(now))
    mailing = mailing_to_correct(winner.category.program, by, now) if recipients else None
    for recipient, last in recipients.items():
        contact = people[0] if people else None
        emails.award_taken_back(winner, recipient, last=last, mailing=mailing, contact=contact, now=now)


def _forget_offer(winner):
    """Chosen again, the entry is offered anew; what was answered stands in the history."""
    winner.offered_at = winner.answer_by = winner.answered_at = None
    winner.save(update_fields=["offered_at", "answer_by", "answered_at"])

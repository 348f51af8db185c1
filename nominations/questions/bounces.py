from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from advocacy.models import User
from nominations.models import Alert, Nomination, NomineeReply
from nominations.questions import mails
from nominations.questions.people import contact_of
from nominations.services.replies import TO_NOMINEES
from outbox.models import Message, Recipient

KIND = Alert.Kind.MAIL_BOUNCED
# Refused at the door or sent back later: the nominee has not read it either way; nor what stayed home, because
# mail to the address had come back before.
CAME_BACK = [Message.State.BOUNCED, Message.State.FAILED]


def notice_bounces(*, now: datetime) -> int:
    """Raise an alert for each question that came back, and tell the CSM; returns how many are new."""
    return sum(_raise_alert(message, now=now) for message in _came_back())


def open_bounce(nomination: Nomination) -> Alert | None:
    return Alert.objects.filter(nomination=nomination, kind=KIND, settled_at=None).first()


def settle_bounce(nomination: Nomination, *, by: User | None, now: datetime) -> None:
    Alert.objects.filter(nomination=nomination, kind=KIND, settled_at=None).update(settled_at=now, settled_by=by)


def _came_back():
    """Mails of a question that is open, and of which no alert was raised since they were written."""
    waiting = NomineeReply.objects.filter(pk=OuterRef("object_id"), answer="", nomination__status=Nomination.Status.SUBMITTED)
    told = Alert.objects.filter(kind=KIND, nomination__reply=OuterRef("object_id"), noticed_at__gte=OuterRef("created_at"))
    stayed_home = Q(state=Message.State.CANCELLED) & Exists(
        Recipient.objects.undeliverable().filter(address=OuterRef("recipient"))
    )
    came_back = Q(state__in=CAME_BACK) | stayed_home
    sent = Message.objects.filter(came_back, kind__in=TO_NOMINEES).of_model(NomineeReply).order_by("pk")
    return sent.filter(Exists(waiting), ~Exists(told))


def _raise_alert(message, *, now):
    nomination = Nomination.objects.get(reply=message.object_id)
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                nomination=nomination, kind=KIND, detail=f"{message.recipient}: {message.last_error}"[:300], noticed_at=now
            )
            contact = contact_of(nomination, now)
            if contact:
                mails.question_came_back(nomination, contact, alert=alert, address=message.recipient, now=now)
    except IntegrityError:
        return False  # another beat, or the same mail in two states
    return True

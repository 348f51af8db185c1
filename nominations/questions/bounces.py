from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from advocacy.models import User
from nominations.models import Alert, Nomination, NomineeReply
from nominations.questions import mails
from nominations.questions.people import contact_of
from nominations.services.replies import TO_NOMINEES
from outbox.models import Message

KIND = Alert.Kind.MAIL_BOUNCED
# Refused at the door or sent back later: the nominee has not read it either way.
CAME_BACK = [Message.State.BOUNCED, Message.State.FAILED]


def notice_bounces(*, now: datetime) -> int:
    """Raise an alert for each question that came back, and tell the CSM; returns how many are new."""
    told = Alert.objects.filter(nomination=OuterRef("nomination"), kind=KIND)
    new = 0
    for message in _came_back():
        replies = NomineeReply.objects.filter(pk=message.object_id, answer="", nomination__status=Nomination.Status.SUBMITTED)
        reply = replies.exclude(Exists(told.filter(noticed_at__gte=message.created_at))).first()
        new += bool(reply and _raise_alert(reply, message, now=now))
    return new


def open_bounce(nomination: Nomination) -> Alert | None:
    return Alert.objects.filter(nomination=nomination, kind=KIND, settled_at=None).first()


def settle_bounce(nomination: Nomination, *, by: User | None, now: datetime) -> None:
    Alert.objects.filter(nomination=nomination, kind=KIND, settled_at=None).update(settled_at=now, settled_by=by)


def _came_back():
    return Message.objects.filter(kind__in=TO_NOMINEES, state__in=CAME_BACK).of_model(NomineeReply).order_by("pk")


def _raise_alert(reply, message, *, now):
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                nomination=reply.nomination, kind=KIND, detail=f"{message.recipient}: {message.last_error}"[:300], noticed_at=now
            )
            contact = contact_of(reply.nomination, now)
            if contact:
                mails.question_came_back(reply.nomination, contact, alert=alert, address=message.recipient)
    except IntegrityError:
        return False  # another beat, or the same mail in two states
    return True

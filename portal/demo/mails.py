"""Mails of a season long past do not arrive in the mailbox today."""

from outbox.models import Mailing, Message


def went_out(messages, now):
    Mailing.objects.filter(messages__in=messages).update(state=Mailing.State.RELEASED, decided_at=now)
    messages.update(state=Message.State.SENT, sent_at=now)

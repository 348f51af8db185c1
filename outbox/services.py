"""Writing a mail, and what people do with those written. A reminder is a rule that calls it: see outbox.clocks."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import tasks
from outbox.addresses import absolute_url as absolute_url  # callers import it from here
from outbox.clocks import current_occurrence
from outbox.exceptions import CannotSettle, NoRecipient
from outbox.gathering import slot_for
from outbox.kinds import kind_of
from outbox.mail_kinds import DAY_MAIL
from outbox.models import Mailing, Message
from outbox.preferences import link_to_choose
from outbox.querysets import MessageQuerySet
from outbox.queueing import after_commit
from outbox.recipients import standing_of
from outbox.rendering import render_mail

KEY_LENGTH = Message._meta.get_field("key").max_length


@dataclass(frozen=True)
class Attachment:
    """A small file of text that goes with a mail, such as a calendar entry."""

    name: str
    type: str
    text: str


def write_message(
    *,
    kind: str,
    about: Model,
    recipient: str,
    occurrence: str,
    subject: str,
    template: str,
    context: dict,
    reply_to: str = "",
    not_before: datetime | None = None,
    latest: datetime | None = None,
    mailing: Mailing | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Owe somebody a mail, once: the same kind, object, recipient and occurrence again is the row that exists.

    Call it in the transaction of the change the mail speaks of, so that neither comes without the
    other. The mail is rendered now, from templates/emails/<template>.md, and goes out
    after the commit, or after `not_before`; a kind that can wait goes in its reader's working hours, with the
    others of the day, and alone when it would come after `latest`. One of a `mailing` is held until a person has read
    and released that. What its reader switched off, or what cannot arrive, is a cancelled row with the reason. Raises
    NoRecipient when `recipient` is empty, and UnknownKind for a kind that no app names.
    """
    kind_of_mail = kind_of(kind)
    recipient = recipient.strip().lower()
    if not recipient:
        raise NoRecipient(f"A mail “{kind}” about {about!r} has no recipient.")
    key = message_key(kind=kind, about=about, recipient=recipient, occurrence=occurrence)
    if existing := Message.objects.filter(key=key).first():
        return existing
    earliest = not_before or timezone.now()
    mails_link = "" if kind_of_mail.must and kind_of_mail != DAY_MAIL else link_to_choose(recipient, now=earliest)
    rendered = render_mail(template, context | {"reply_to": reply_to, "mails_link": mails_link}, subject=subject)
    is_held = mailing is not None
    standing = standing_of(recipient, kind_of_mail)
    slot = slot_for(
        kind_of_mail,
        recipient,
        standing,
        earliest=earliest,
        latest=latest,
        is_alone=is_held or bool(attachments),
    )
    message = Message(
        key=key,
        kind=kind,
        recipient=recipient,
        reply_to=reply_to,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        attachments=[asdict(attachment) for attachment in attachments],
        not_before=slot.not_before,
        is_gathered=slot.is_gathered,
        state=Message.State.HELD if is_held else Message.State.QUEUED,
        mailing=mailing,
        occurrence_id=current_occurrence(),
        about=about,
    )
    refusal = standing.refusal(recipient, kind_of_mail)
    if mailing is not None and mailing.state == Mailing.State.CANCELLED:
        refusal = refusal or _("The mailing was cancelled.")
    if refusal:
        message.state, message.last_error = Message.State.CANCELLED, refusal
    # ON CONFLICT DO NOTHING: a simultaneous writer of the same key costs the transaction nothing.
    Message.objects.bulk_create([message], ignore_conflicts=True)
    message = Message.objects.get(key=key)
    if message.state == Message.State.QUEUED and message.not_before <= timezone.now() and not message.is_gathered:
        after_commit(tasks.deliver_message, message.pk)
    return message


def preview_message(*, subject: str, template: str, context: dict, reply_to: str = "") -> tuple[str, str]:
    """Subject and text of a mail that is not written yet, for the person who decides whether it goes."""
    rendered = render_mail(template, context | {"reply_to": reply_to}, subject=subject)
    return rendered.subject, rendered.text


def drop_messages(messages: MessageQuerySet) -> int:
    """Stop held mails for good, because a person decided so; returns how many."""
    return messages.held().update(state=Message.State.CANCELLED)


def mark_arrived(*, message: Message) -> None:
    """A person knows that a mail in doubt arrived; raises CannotSettle when it is not in doubt."""
    sent_at = message.claimed_at or message.not_before
    _settle(message, before=[Message.State.UNKNOWN], to=Message.State.SENT, sent_at=sent_at)


def send_again(*, message: Message, now: datetime) -> None:
    """A person wants a failed mail, or one in doubt, sent; raises CannotSettle in other states."""
    before = [Message.State.UNKNOWN, Message.State.FAILED]
    _settle(message, before=before, to=Message.State.QUEUED, not_before=now, doubtful_since=None)
    after_commit(tasks.deliver_message, message.pk)


def mark_bounced(*, message: Message, why: str) -> None:
    """A person saw the mail come back; raises CannotSettle when it was not sent."""
    _settle(message, before=[Message.State.SENT], to=Message.State.BOUNCED, last_error=why)


def cancel_messages(*, kind: str, about: Model) -> int:
    """Stop the mails of a kind about an object that have not gone out, because their reason is gone; returns how many."""
    return Message.objects.waiting().filter(kind=kind).about(about).update(state=Message.State.CANCELLED)


def message_key(*, kind: str, about: Model, recipient: str, occurrence: str) -> str:
    """`kind:app.model.pk:recipient:occurrence`; only a recipient too long for the column is shortened."""
    parts = [kind, f"{about._meta.label_lower}.{about.pk}", recipient.strip().lower(), occurrence]
    if len(":".join(parts)) > KEY_LENGTH:
        parts[2] = hashlib.sha256(parts[2].encode()).hexdigest()[:32]
    return ":".join(parts)


def _settle(message: Message, *, before: list[str], to: str, **fields) -> None:
    if not Message.objects.filter(pk=message.pk, state__in=before).update(state=to, **fields):
        raise CannotSettle(_("This mail is not in doubt any more: look at its state."))

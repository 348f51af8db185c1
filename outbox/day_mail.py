"""The mail of the day: what can wait comes together, once a working day, in one mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.html import escape, urlize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outbox import tasks
from outbox.mail_kinds import DAY_MAIL
from outbox.models import Message, OutboxSettings, Recipient
from outbox.queueing import after_commit
from outbox.recipients import refusal, zone_of
from outbox.services import message_key, write_message
from outbox.wording.values import Listing

State = Message.State
# Between the body of a mail and what every mail says at its end.
FOOTER = "\n\n--\n"
SUBJECTS_NAMED = 2


@dataclass(frozen=True)
class Part(Listing):
    """One of the mails that came together: its subject, its text with the link in it, and who gets an answer."""

    reply_to: str = ""

    def __post_init__(self):
        """The text is one item, and keeps its lines."""

    def inline_text(self):
        return self._intro()

    def block_text(self):
        return f"* {self._intro()} *\n\n{self._words()}"

    def block_html(self):
        words = urlize(escape(self._words())).replace("\n\n", "</p><p>").replace("\n", "<br>")
        return f"<h2>{escape(self._intro())}</h2><p>{words}</p>"

    def _words(self):
        answers = _("Answers to this one go to %(address)s.") % {"address": self.reply_to} if self.reply_to else ""
        return "\n\n".join(filter(None, [*self.items, answers]))


def send_day_mails(*, now: datetime) -> int:
    """Send what was gathered and is due; returns how many mails went into one or out by themselves.

    While all mail is held nothing comes together: what became a part could not be stopped any more by itself.
    """
    if OutboxSettings.current().is_on_hold:
        return 0
    addresses = Message.objects.gathered(now).order_by("recipient").values_list("recipient", flat=True).distinct()
    return sum(send_day_mail(address, now=now) for address in list(addresses))


@transaction.atomic
def send_day_mail(address: str, *, now: datetime) -> int:
    """One alone goes as it is, several become one mail. Of two workers the second waits, and finds nothing left."""
    due = Message.objects.gathered(now).filter(recipient=address).order_by("not_before", "pk")
    parts = [part for part in due.select_for_update(of=["self"]) if not _is_refused(part, now)]
    together = Message.objects.filter(pk__in=[part.pk for part in parts])
    if digest := _one_mail_of(address, parts, now) if len(parts) > 1 else None:
        together.update(state=State.MERGED, merged_into=digest, is_gathered=False)
    elif together.update(is_gathered=False):
        after_commit(tasks.deliver_due)
    return len(parts)


def _is_refused(part, now):
    """Switched off since it was written, or about something that is gone: left out, with the reason."""
    why = refusal(part, now)
    if why:
        Message.objects.filter(pk=part.pk).update(state=State.CANCELLED, is_gathered=False, last_error=why)
    return bool(why)


def _one_mail_of(address: str, parts: Sequence[Message], now: datetime) -> Message | None:
    """None where today's was written already: what comes after it goes by itself."""
    about, _is_new = Recipient.objects.get_or_create(address=address)
    day = now.astimezone(zone_of(address)[0]).date().isoformat()
    key = message_key(kind=DAY_MAIL.code, about=about, recipient=address, occurrence=day)
    if Message.objects.filter(key=key).exists():
        return None
    replies = {part.reply_to for part in parts}
    common = replies.pop() if len(replies) == 1 else ""
    return write_message(
        kind=DAY_MAIL.code,
        about=about,
        recipient=address,
        occurrence=day,
        subject=_subject(parts),
        template="day_mail",
        context={"parts": [_as_part(part, common) for part in parts]},
        reply_to=common,
        not_before=now,
    )


def _as_part(part, common):
    body = part.text.rpartition(FOOTER)[0] or part.text
    return Part(items=(body.strip(),), intro=part.subject, reply_to="" if common else part.reply_to)


def _subject(parts):
    named = " · ".join(part.subject for part in parts[:SUBJECTS_NAMED])
    more = len(parts) - SUBJECTS_NAMED
    return named + (ngettext(" · and %(n)s more", " · and %(n)s more", more) % {"n": more} if more > 0 else "")

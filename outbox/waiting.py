"""What goes out next, and why a mail is not out yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outbox.exceptions import UnknownKind
from outbox.kinds import kind_of
from outbox.models import Message, OutboxSettings, Recipient
from outbox.pace import WINDOW
from outbox.recipients import zones_of

State = Message.State


@dataclass(frozen=True)
class Outlook:
    """What holds for all mail at a moment, and which addresses take none: four queries for any number of mails."""

    settings: OutboxSettings
    now: datetime
    lately: int = 0
    bounced: dict[str, Recipient] = field(default_factory=dict)
    zones: dict[str, ZoneInfo] = field(default_factory=dict)

    @classmethod
    def at(cls, messages: Iterable[Message], now: datetime) -> "Outlook":
        settings = OutboxSettings.current()
        lately = Message.objects.filter(claimed_at__gt=now - WINDOW).count() if settings.per_minute else 0
        addresses = {message.recipient for message in messages}
        found = Recipient.objects.filter(address__in=addresses, bounced_at__isnull=False)
        zones = {address: zone for address, (zone, _starts, _ends) in zones_of(addresses).items()}
        return cls(settings, now, lately, {recipient.address: recipient for recipient in found}, zones)

    def why(self, message: Message) -> str:
        """The sentence for one mail, with the hour where its reader is; empty for one that is done with."""
        zone = self.zones[message.recipient]
        if message.state == State.HELD:
            return self._why_held(message)
        if message.state == State.IN_FLIGHT:
            return _("Being handed over since %(when)s.") % {"when": self._moment(message.claimed_at, zone)}
        if message.state == State.UNKNOWN:
            return _("May have arrived or not: a person says which.")
        return self._why_queued(message, zone) if message.state == State.QUEUED else ""

    def _why_held(self, message):
        if message.mailing:
            return _("Held until a person releases the mailing “%(mailing)s”.") % {"mailing": message.mailing}
        return _("Held until a person has read it and releases it.")

    def _why_queued(self, message, zone):
        words = {"when": self._moment(message.not_before, zone)}
        is_later = message.not_before > self.now
        if bounced := self.bounced.get(message.recipient):
            words["since"] = self._moment(bounced.bounced_at, zone)
            return _("The address takes no mail since %(since)s: it is cancelled when its turn comes.") % words
        if self.settings.is_on_hold:
            return _("All mail is on hold. %(why)s") % {"why": self.settings.hold_reason}
        if message.attempts and is_later:
            return _("Paused after a failure until %(when)s.") % words
        if message.is_gathered:
            return _("Waits for the mail of the day, %(when)s.") % words
        if is_later and _can_wait(message):
            return _("Waits for the working hours of its reader: %(when)s.") % words
        if is_later:
            return _("Is to go out %(when)s.") % words
        if self.settings.per_minute and self.lately >= self.settings.per_minute:
            return _("Waits for its turn: %(number)s mails a minute at most.") % {"number": self.settings.per_minute}
        return _("Goes out within a minute.")

    def _moment(self, moment, zone):
        return f"{date_format(moment.astimezone(zone), 'j F Y, H:i')} ({zone.key.replace('_', ' ')})"


def _can_wait(message):
    try:
        return kind_of(message.kind).can_wait
    except UnknownKind:
        return False

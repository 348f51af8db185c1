"""What holds for an address: whether mail arrives there, what its owner wants, and when they work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from outbox.clocks import is_still_due
from outbox.exceptions import UnknownKind
from outbox.kinds import Choice, Group, Kind, kind_of
from outbox.models import Message, OutboxSettings, Recipient

STARTS, ENDS = time(9), time(17)
DAY_MAIL_AT = OutboxSettings._meta.get_field("day_mail_at").default

Zone = tuple[str, time, time]
Lookup = Callable[[Iterable[str]], dict[str, Zone]]
_lookups: list[Lookup] = []


@dataclass(frozen=True)
class Standing:
    """What is known of an address before a mail of one kind is written to it."""

    choice: str
    bounced_at: datetime | None
    bounce_reason: str
    day_mail_at: int
    has_complained: bool = False

    def refusal(self, address: str, kind: Kind) -> str:
        """The sentence why this address gets no mail of this kind; empty when it does."""
        if self.bounced_at:
            return undeliverable_sentence(address, self.bounce_reason)
        if self.has_complained and not kind.must:
            return _("%(address)s called our mail spam, and gets only what it must get.") % {"address": address}
        if self.choice == Choice.OFF and not kind.must:
            return _("%(address)s does not want mails of this kind: “%(group)s” is switched off.") % {
                "address": address,
                "group": kind.group.label,
            }
        return ""


# One query, because every mail asks it.
STANDING = """
SELECT (SELECT choice FROM outbox_preference WHERE address = %(address)s AND "group" = %(group)s),
       known.bounced_at, coalesce(known.bounce_reason, ''),
       (SELECT day_mail_at FROM outbox_outboxsettings LIMIT 1), known.complained_at IS NOT NULL
FROM (SELECT) AS always
LEFT JOIN outbox_recipient AS known ON known.address = %(address)s
"""


def standing_of(address: str, kind: Kind) -> Standing:
    address = address.strip().lower()
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"address": address, "group": kind.group.code})
        choice, bounced_at, reason, day_mail_at, has_complained = cursor.fetchone()
    hour = DAY_MAIL_AT if day_mail_at is None else day_mail_at
    return Standing(choice or kind.group.starts_as, bounced_at, reason, hour, has_complained)


def refusal(message: Message, now: datetime) -> str:
    """The sentence why this mail must not go out, now or ever; empty when it may.

    Asked right after the claim, so that what a person switched off between writing and sending stays home.
    """
    if message.object_id and message.content_type and message.about is None:
        return _("What this mail was about is gone.")
    if message.occurrence and not is_still_due(message.occurrence, now):
        return _("What it reminded of is settled, or its day has moved.")
    try:
        kind = kind_of(message.kind)
    except UnknownKind:  # written by an older version
        kind = Kind(message.kind, message.kind, Group("", ""), must=True)
    return standing_of(message.recipient, kind).refusal(message.recipient, kind)


# Zones ----------------------------------------------------------------------------------------


def register_zones(lookup: Lookup) -> None:
    """`lookup(addresses)` tells zone name, start and end of the working day of the people it knows, in one query."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def zone_of(address: str) -> tuple[ZoneInfo, time, time]:
    """When whoever reads this address works; of an unknown one, office hours where we are."""
    return zones_of([address])[address]


def zones_of(addresses: Iterable[str]) -> dict[str, tuple[ZoneInfo, time, time]]:
    """`zone_of` for many, in as many queries as for one."""
    addresses = set(addresses)
    known = {address: zone for lookup in reversed(_lookups) for address, zone in lookup(addresses).items()}
    return {address: _zone(*known.get(address, ("", STARTS, ENDS))) for address in addresses}


def _zone(name, starts, ends):
    return ZoneInfo(name or settings.TIME_ZONE), starts, ends


# Addresses where no mail arrives --------------------------------------------------------------


def mark_undeliverable(address: str, why: str, now: datetime) -> None:
    """Mail to this address came back for good; it gets none until a person says that it works again."""
    facts = {"bounced_at": now, "bounce_reason": why[:500]}
    Recipient.objects.update_or_create(address=address.strip().lower(), defaults=facts)


def mark_complained(address: str, now: datetime) -> None:
    """The owner of this address called our mail spam; only what they must get is written to it from here on."""
    Recipient.objects.update_or_create(address=address.strip().lower(), defaults={"complained_at": now})


def mark_deliverable(address: str) -> None:
    """A person says that mail arrives there again."""
    Recipient.objects.filter(address=address.strip().lower()).update(bounced_at=None, bounce_reason="")


def is_undeliverable(address: str) -> bool:
    return bounce_of(address) is not None


def bounce_of(address: str) -> Recipient | None:
    """When and why mail to this address came back, if nothing is sent to it."""
    return Recipient.objects.undeliverable().filter(address=address.strip().lower()).first()


def undeliverable_sentence(address: str, why: str = "") -> str:
    sentence = _("Mail to %(address)s came back; find out the new address, or say that it works again.") % {"address": address}
    return f"{sentence} {why}".strip()

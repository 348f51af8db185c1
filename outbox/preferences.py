"""What people want of our mails: at once, one mail a day, or off; by group, for each address.

Links are signed, bound to one purpose, one address and, for stopping, to groups; they run for a year. Opening one
changes nothing: only a POST does.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.addresses import absolute_url
from outbox.exceptions import LinkExpired, LinkUnknown
from outbox.kinds import Choice, Group, Kind, all_kinds
from outbox.mail_kinds import DAY_MAIL
from outbox.models import Message, Preference

GOOD_FOR = timedelta(days=365)
CHOOSE, STOP = "choose", "stop"


@dataclass(frozen=True)
class Link:
    """Whose mails, and of which groups, a link is about."""

    address: str
    groups: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True)
class Wish:
    """A group with the mails of it that an address may get, and what is wanted."""

    group: Group
    kinds: list[Kind]
    choice: str

    @property
    def can_wait(self) -> bool:
        return any(kind.can_wait for kind in self.kinds)


# Links ----------------------------------------------------------------------------------------


def link_to_choose(address: str, *, now: datetime) -> str:
    return absolute_url(reverse("mails-by-link", args=[_token(CHOOSE, address, [], now)]))


def link_to_stop(address: str, groups: list[str], *, now: datetime) -> str:
    return absolute_url(reverse("mails-stop", args=[_token(STOP, address, groups, now)]))


def unsubscribe_headers(message: Message) -> dict[str, str]:
    """One-click unsubscribe (RFC 8058) for what can be switched off."""
    groups = _groups_of(message)
    if not groups:
        return {}
    # The same for each attempt: a provider that knows the key refuses another mail under it.
    link = link_to_stop(message.recipient, groups, now=message.created_at)
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read_token(token: str, *, purpose: str, now: datetime) -> Link:
    """Raises LinkUnknown for what we did not sign for this purpose, and LinkExpired, with the link, after its year."""
    try:
        text = Signer(salt=f"outbox.{purpose}").unsign(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode())
        moment, groups, address = text.split("|", 2)
    except (BadSignature, binascii.Error, ValueError):
        raise LinkUnknown(_("We do not know this link. Please open it from the mail again, whole.")) from None
    link = Link(address, tuple(filter(None, groups.split(","))), datetime.fromisoformat(moment))
    if link.expires_at <= now:
        raise LinkExpired(_("This link has expired: it was good for a year."), link)
    return link


def _token(purpose, address, groups, now):
    text = f"{now + GOOD_FOR:%Y-%m-%dT%H:%MZ}|{','.join(groups)}|{address.strip().lower()}"
    signed = Signer(salt=f"outbox.{purpose}").sign(text)
    return base64.urlsafe_b64encode(signed.encode()).decode().rstrip("=")


def _groups_of(message):
    codes = {message.kind}
    if message.kind == DAY_MAIL.code:
        codes = set(message.merged.values_list("kind", flat=True))
    return sorted({kind.group.code for kind in all_kinds() if kind.code in codes and not kind.must})


# Wishes ---------------------------------------------------------------------------------------


def wishes_of(address: str, *, is_colleague: bool, also: tuple[str, ...] = ()) -> list[Wish]:
    """What this address may switch, in the order of the labels.

    A colleague sees every group; somebody outside those of which they got mail, and the groups `also`.
    """
    address = address.strip().lower()
    chosen = dict(Preference.objects.filter(address=address).values_list("group", "choice"))
    kinds = [kind for kind in all_kinds() if not kind.must and (kind.inside if is_colleague else kind.outside)]
    if not is_colleague:
        known = {*also, *chosen, *_groups_written_to(address, kinds)}
        kinds = [kind for kind in kinds if kind.group.code in known]
    groups = sorted({kind.group for kind in kinds}, key=lambda group: str(group.label))
    return [
        Wish(group, [kind for kind in kinds if kind.group == group], chosen.get(group.code, group.starts_as)) for group in groups
    ]


def _groups_written_to(address, kinds):
    codes = {kind.code: kind.group.code for kind in kinds}
    written = Message.objects.filter(recipient=address, kind__in=codes).order_by().values_list("kind", flat=True).distinct()
    return {codes[code] for code in written}


def choose(address: str, choices: dict[str, str], *, now: datetime) -> int:
    """Keep what somebody wants, by group; returns how many groups changed."""
    address = address.strip().lower()
    before = dict(Preference.objects.filter(address=address).values_list("group", "choice"))
    changed = {group: choice for group, choice in choices.items() if before.get(group) != choice}
    Preference.objects.bulk_create(
        [Preference(address=address, group=group, choice=choice, changed_at=now) for group, choice in changed.items()],
        update_conflicts=True,
        unique_fields=["address", "group"],
        update_fields=["choice", "changed_at"],
    )
    return len(changed)


def stop(link: Link, *, now: datetime) -> list[Group]:
    """Switch the groups of a link off; again changes nothing. Returns the groups."""
    stopped = groups_of(link)
    choose(link.address, {group.code: Choice.OFF for group in stopped}, now=now)
    return stopped


def are_off(address: str, groups: list[Group]) -> bool:
    off = Preference.objects.filter(address=address.strip().lower(), choice=Choice.OFF).values_list("group", flat=True)
    return {group.code for group in groups} <= set(off)


def groups_of(link: Link) -> list[Group]:
    groups = {kind.group.code: kind.group for kind in all_kinds() if not kind.must}
    return [groups[code] for code in link.groups if code in groups]

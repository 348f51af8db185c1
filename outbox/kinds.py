"""The kinds of mail there are; each app names its own in `mail_kinds.py`, found when Django starts."""

from dataclasses import dataclass

from outbox.exceptions import UnknownKind
from outbox.models import Preference

Choice = Preference.Choice


@dataclass(frozen=True)
class Group:
    """Mails that a person switches together."""

    code: str
    label: str
    starts_as: str = Choice.AT_ONCE


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    `must`: nobody can switch it off or delay it: sign-in, own requests, consent. `can_wait`: a reminder or
    news; it keeps out of nights and days off, and several of one day become one mail. `inside`: it may go to a
    colleague; `outside`: to somebody without an account. Each sees only their own to switch.
    """

    code: str
    label: str
    group: Group
    must: bool = False
    can_wait: bool = False
    inside: bool = True
    outside: bool = False


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    _kinds.update((kind.code, kind) for kind in kinds)


def kind_of(code: str) -> Kind:
    """Raises UnknownKind for a code that no app has named."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(f"No app names the kind of mail “{code}” in its mail_kinds.py.") from None


def label_of(code: str) -> str:
    """In words; the code itself of a kind that an older version wrote."""
    return str(_kinds[code].label) if code in _kinds else code


def all_kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.group.code, kind.code))


def groups() -> list[Group]:
    """Each once, in the order of their labels."""
    return sorted({kind.group for kind in _kinds.values()}, key=lambda group: str(group.label))

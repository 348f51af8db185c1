"""Whether two profiles may be one person, such as before and after a change of employer. Pure.

A name alone proves little where many have it; what else they share says more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from anyascii import anyascii
from django.utils.translation import gettext_lazy as _

# From here on a person is asked to decide; 0-100.
ALIKE = 70
RARE = 3  # people of one name, at most, for the name to say something by itself
SPELLED_ALIKE = 0.88
SHORTEST_LOCAL_PART = 5
NOT_PERSONAL = frozenset("admin contact hello info office sales service support team".split())

NICKNAMES = [
    "alexander alex sascha aleksander alexandre",
    "alexandra alex sandra sascha",
    "andrew andy drew andreas andre",
    "anthony tony",
    "barbara barb babs",
    "benjamin ben",
    "catherine katherine kathrin katharina cathy kathy kate katie",
    "charles charlie chuck",
    "christopher chris christoph",
    "christine christina chris",
    "daniel dan danny",
    "david dave",
    "edward ed eddie",
    "elizabeth elisabeth liz beth lisa",
    "francis frank",
    "frederick fred freddie friedrich fritz",
    "gregory greg",
    "james jim jimmy",
    "jennifer jen jenny",
    "johannes hans john jan",
    "john jack johnny jon",
    "jonathan jon",
    "joseph joe josef",
    "jose pepe",
    "kenneth ken",
    "margaret maggie meg peggy",
    "matthew matt matthias",
    "michael mike mick michel miguel",
    "nicholas nick nico niklas",
    "patricia pat patty",
    "patrick pat",
    "peter pete",
    "philip phil philipp",
    "rebecca becky",
    "richard rick dick rich",
    "robert bob rob bobby",
    "samuel sam",
    "samantha sam",
    "stephen steven steve stefan",
    "susan sue",
    "theodore ted theo",
    "thomas tom tommy",
    "timothy tim",
    "william bill will willy wilhelm",
]
SAME_NAME = {}
for _group in NICKNAMES:
    for _name in _group.split():
        SAME_NAME.setdefault(_name, set()).update(_group.split())

REASONS = {
    "name": _("The same name"),
    "spelling": _("The same name in another spelling"),
    "nickname": _("The same name, once as a nickname"),
    "part": _("One name holds the other, such as with a middle name"),
    "rare": _("Hardly anybody else has this name"),
    "address": _("The same name before the @ at two companies"),
    "former": _("One worked where the other works"),
    "account": _("Both at the same company"),
    "title": _("The same job title"),
}
WEIGHTS = {
    "name": 60,
    "spelling": 50,
    "nickname": 55,
    "part": 50,
    "rare": 15,
    "address": 30,
    "former": 25,
    "account": 25,
    "title": 10,
}


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What bears on who somebody is; `former` holds the accounts they worked at."""

    name: str
    email: str = ""
    title: str = ""
    account: int | None = None
    former: frozenset[int] = frozenset()


def compare(one: Traits, other: Traits, *, namesakes: int) -> tuple[int, list[str]]:
    """Likeness 0-100 with the codes of REASONS; `namesakes` counts all who share the name, these two included.

    Without a likeness of the names it is 0, whatever else they share.
    """
    name = name_likeness(one.name, other.name)
    if not name:
        return 0, []
    reasons = [name, *(code for code, holds in _shared(one, other, namesakes) if holds)]
    return min(100, sum(WEIGHTS[code] for code in reasons)), reasons


def _shared(one, other, namesakes):
    yield "rare", namesakes <= RARE
    yield "address", bool(_local_part(one.email)) and _local_part(one.email) == _local_part(other.email)
    yield "former", one.account in other.former or other.account in one.former
    yield "account", one.account is not None and one.account == other.account
    yield "title", bool(one.title) and fold(one.title) == fold(other.title)


def name_likeness(one: str, other: str) -> str:
    """The code of how two names are alike, empty when they are not. The order of the words does not matter."""
    first, second = words_of(one), words_of(other)
    if len(first) < 2 or len(second) < 2:
        return ""
    if sorted(first) == sorted(second):
        return "name"
    if set(first) < set(second) or set(second) < set(first):
        return "part"
    if len(first) == len(second) and _pairs_up(first, second):
        return "nickname"
    spelled = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second)), autojunk=False).ratio()
    return "spelling" if spelled >= SPELLED_ALIKE else ""


def _pairs_up(first: list[str], second: list[str]) -> bool:
    """One word differs, and is a nickname of the other."""
    rest, others = set(first) - set(second), set(second) - set(first)
    return len(rest) == len(others) == 1 and bool(SAME_NAME.get(rest.pop(), set()) & others)


def words_of(name: str) -> list[str]:
    """Folded words; initials say nothing."""
    return [word for word in fold(name).replace("-", " ").replace(",", " ").replace(".", " ").split() if len(word) > 1]


def fold(text: str) -> str:
    """Lower case without accents; ä, ae and a are one letter."""
    plain = anyascii(text).lower()
    for two, single in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        plain = plain.replace(two, single)
    return plain


def spellings(name: str) -> list[str]:
    """The name as given, without accents, and with its nicknames spelled out, for a search in the database."""
    plain = " ".join(anyascii(name).lower().split())
    words = plain.split()
    nicknames = [
        " ".join([*words[:place], other, *words[place + 1 :]])
        for place, word in enumerate(words)
        for other in sorted(SAME_NAME.get(word, set()) - {word})
    ]
    return unique([name, plain, *nicknames])


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _local_part(email: str) -> str:
    local = email.partition("@")[0].lower()
    return local if len(local) >= SHORTEST_LOCAL_PART and local not in NOT_PERSONAL else ""

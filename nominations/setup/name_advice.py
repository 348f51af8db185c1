"""Advice on the name of a program. Pure; it never refuses a name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

OUTCOMES = set(
    "achievement breakthrough excellence growth impact improvement innovation innovative outcome progress result "
    "transformation value".split()
)
RELATIONSHIPS = set("ambassador advocate champion family fan favorite favourite friend hero loyalty partner superhero".split())
RANKS = set(
    "best bronze diamond elite gold golden king leading legend medal number1 platinum premier queen silver star "
    "superstar supreme top vip winner".split()
)


class Tone(StrEnum):
    PRAISE = "praise"
    QUESTION = "question"
    HINT = "hint"


@dataclass(frozen=True)
class Advice:
    tone: Tone
    sentence: str
    word: str = ""


def name_advice(name: str) -> list[Advice]:
    """What a name promises, word by word; nothing for an empty name, a hint where no word says anything."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", name)))
    if not words:
        return []
    return [advice for word in words if (advice := _on(word))] or [
        Advice(Tone.HINT, _("The name does not say yet what is honoured. A word such as impact, excellence or innovation would."))
    ]


def _on(word):
    known = _forms(word.casefold())
    if known & OUTCOMES:
        return Advice(
            Tone.PRAISE,
            _("“%(word)s” names an outcome: a customer can show it to their own board.") % {"word": word},
            word,
        )
    if known & RELATIONSHIPS:
        return Advice(
            Tone.QUESTION,
            _("“%(word)s” speaks of how they stand to us. What did they achieve for themselves?") % {"word": word},
            word,
        )
    if known & RANKS:
        return Advice(
            Tone.QUESTION,
            _("“%(word)s” is a rank: it says they are above others, not what they did. Is there an outcome to name?")
            % {"word": word},
            word,
        )
    return None


def _forms(word):
    """The word, and what it would be the plural of."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return forms | {word.removesuffix("ies") + "y"} if word.endswith("ies") else forms

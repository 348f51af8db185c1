"""A typed line taken apart: words that may be understood, and those that stay text."""

import re
import unicodedata
from dataclasses import dataclass

# As PostgreSQL's English dictionary has them: no row is found by one, and none stands for a country.
STOP_WORDS = frozenset(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
    itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
    has had having do does did doing a an the and but if or because as until while of at by for with about against between
    into through during before after above below to from up down in out on off over under again further then once here there
    when where why how all any both each few more most other some such no nor not only own same so than too very s t can will
    just don should now""".split()
)

PIECES = re.compile(r'-?"[^"]*(?:"|$)|[^\s,;]+')
BETWEEN = re.compile(r"[^\w&+#]+|_+")


@dataclass(frozen=True)
class Piece:
    """One word or quoted phrase as typed; `folded` is empty where it must stay text."""

    typed: str
    folded: str = ""

    @property
    def is_or(self) -> bool:
        return self.typed.lower() == "or"

    @property
    def is_empty(self) -> bool:
        """It finds nothing, and leaving it out loses nothing."""
        return self.folded in STOP_WORDS if self.folded else not any(map(str.isalnum, self.typed))


def pieces_of(text: str) -> list[Piece]:
    """Quoted phrases and words with a minus stay text, as does a quote that is never closed."""
    return [
        Piece(typed) if typed.startswith(('"', "-")) else Piece(typed, fold_word(typed))
        for typed in PIECES.findall(text)
        if typed.strip("-")
    ]


def fold(text: str) -> str:
    """A phrase as the vocabulary holds it: small letters without accents, hyphens or plurals."""
    return " ".join(filter(None, map(fold_word, text.split())))


def fold_word(word: str) -> str:
    return " ".join(map(_singular, spell(word).split()))


def spell(text: str) -> str:
    """In small letters without accents and hyphens, as the table of words has it."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(
        "and" if part == "&" else part for part in BETWEEN.sub(" ", plain.replace("'s", "").replace("’s", "")).split()
    )


def _singular(word):
    """Good enough for looking up, where both sides go through it: hospitals, companies."""
    if len(word) < 4 or word in STOP_WORDS or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")

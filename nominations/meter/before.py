"""Words that say how it was before."""

import re

IS_USED_TO = "".join(rf"(?<!\b{verb} )" for verb in ("is", "are", "be", "was", "were", "been", "being"))
CUE = re.compile(
    rf"(?<!\w)(?:instead of|down from|up from|compared (?:to|with)|rather than|{IS_USED_TO}used to|previously|formerly"
    r"|in the past|until then|no longer|was taking|were taking|than before"
    r"|from \d[\d.,]{0,15}(?: \w{1,20}){0,2} to \d[\d.,]{0,15}"
    r"|before(?= (?:(?:we|they|it|this|that|our|their)\b|(?-i:[A-Z]))))(?!\w)",
    re.IGNORECASE,
)
WORD = re.compile(r"\S{1,40}")
WORDS_SHOWN = 5
LEAST_WORDS = 3


def in_text(text: str) -> list[str]:
    """Each cue with the words that follow it in its sentence, such as "instead of nine days"."""
    text = " ".join(text.split())
    return [_with_what_follows(text, found) for found in CUE.finditer(text)]


def in_field(text: str) -> list[str]:
    """The field asks for the state before: whatever has a few words says it."""
    words = text.split(maxsplit=WORDS_SHOWN + 1)
    return [_shown(" ".join(words[: WORDS_SHOWN + 1]))] if len(words) >= LEAST_WORDS else []


def in_rows(rows: list[dict]) -> list[str]:
    return [
        _shown(" ".join(part for part in (str(row["before"]), str(row.get("unit") or "")) if part))
        for row in rows
        if row.get("before")
    ]


def _with_what_follows(text, found):
    follows = []
    for word in WORD.finditer(text, found.end(), min(len(text), found.end() + 200)):
        follows.append(word[0])
        if len(follows) == WORDS_SHOWN or word[0][-1] in ".;:!?,":
            break
    return _shown(" ".join([found[0].strip(), *follows]))


def _shown(words):
    return words.strip(" .,;:!?")[:60]

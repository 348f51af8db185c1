"""Text as people type and paste it, made safe to show beside other text. Pure.

Escaping is the templates' work; what is taken out here is what no escaping helps against: control
characters, and the marks that turn the reading direction of what follows around.
"""

import re

CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff"
# Embeddings, overrides and isolates reach past the text they stand in.
DIRECTION = r"\u202a-\u202e\u2066-\u2069"
# Harmless in a long text in Arabic or Hebrew, never needed in a name.
DIRECTION_MARKS = r"\u061c\u200e\u200f"

LONGEST_NUMBER = 18  # digits

_in_text = re.compile(f"[{CONTROL}{DIRECTION}]")
_in_line = re.compile(f"[{CONTROL}{DIRECTION}{DIRECTION_MARKS}]")


def clean_text(text: str) -> str:
    """Paragraphs: line ends are one character, control and direction characters are gone."""
    return _in_text.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_line(text: str) -> str:
    """A name or title: one line, single spaces, no control and no direction characters."""
    return " ".join(_in_line.sub("", text).split())


def row_number(text: str) -> int | None:
    """The number of a row as a form sends it; None for anything else, and for more digits than a row can have."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None

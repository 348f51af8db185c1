"""Which typeface draws which character, and how wide it gets.

FiraGO has Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Georgian and Devanagari; Noto Sans CJK has Chinese,
Japanese and Korean. What neither has is written in Latin letters.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import manimgx_fonts_cjk
import uharfbuzz
from anyascii import anyascii
from pymupdf_fonts import myfont

CJK_FILE = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"
# The places of the languages in that file.
JAPANESE, KOREAN, CHINESE = 0, 1, 2
JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Typeface:
    bold: bool
    cjk: int | None = None

    @cached_property
    def data(self) -> bytes:
        return CJK_FILE.read_bytes() if self.is_cjk else myfont("figbo" if self.bold else "figo")

    @cached_property
    def font(self) -> uharfbuzz.Font:
        blob = uharfbuzz.Blob.from_file_path(CJK_FILE) if self.is_cjk else uharfbuzz.Blob(self.data)
        font = uharfbuzz.Font(uharfbuzz.Face(blob, self.cjk or 0))
        if self.is_cjk:
            font.set_variations({"wght": 700 if self.bold else 400})
        return font

    @cached_property
    def characters(self) -> frozenset[int]:
        return frozenset(self.font.face.unicodes)

    @property
    def is_cjk(self):
        return self.cjk is not None

    def has(self, character: str) -> bool:
        return ord(character) in self.characters


@dataclass(frozen=True)
class Run:
    """Characters that follow each other in one typeface."""

    text: str
    face: Typeface


@lru_cache
def typeface(*, bold: bool = False, cjk: int | None = None) -> Typeface:
    return Typeface(bold=bold, cjk=cjk)


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    """`text` in characters we can draw: one line, no control characters, no signs without a typeface."""
    return " ".join("".join(map(_drawable, unicodedata.normalize("NFC", text))).split())


def _drawable(character):
    category = unicodedata.category(character)
    if character.isspace():
        return " "
    if character in JOINERS or category.startswith("C"):
        return character if character in JOINERS else ""
    if typeface().has(character) or typeface(cjk=CHINESE).has(character):
        return character
    return "" if category.startswith("S") else anyascii(character)


def runs(text: str, *, bold: bool = False) -> list[Run]:
    """`text`, already readable, in stretches of one typeface and script; what is no letter stays with what stands before it."""
    usual, fallback = typeface(bold=bold), typeface(bold=bold, cjk=_language(text))
    found: list[Run] = []
    last = ""
    for character in text:
        face = usual if usual.has(character) or character in JOINERS else fallback
        script = _script(character) or last
        if found and (character == " " or (found[-1].face is face and script == (last or script))):
            found[-1] = Run(found[-1].text + character, found[-1].face)
        else:
            found.append(Run(character, face))
        last = script
    return found


@lru_cache(maxsize=4096)
def _script(character):
    """Of a letter or a mark: the first word of its name, such as THAI. Letters of one script are shaped together."""
    return unicodedata.name(character, "").split(" ")[0] if unicodedata.category(character)[0] in "LM" else ""


def _language(text):
    """The same ideograph looks different in the three languages: kana and hangul tell them apart."""
    if any("\u3040" <= character <= "\u30ff" for character in text):
        return JAPANESE
    if any("\uac00" <= character <= "\ud7a3" for character in text):
        return KOREAN
    return CHINESE


@lru_cache(maxsize=8192)
def width(text: str, size: float, *, bold: bool = False) -> float:
    return sum(_advance(run) for run in runs(text, bold=bold)) * size


def _advance(run):
    """In parts of the size."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(run.face.font, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions) / run.face.font.face.upem

"""Breaks text into lines and makes it fit. Pure but for the widths of the typefaces."""

from collections.abc import Iterable
from dataclasses import dataclass

from nominations.artwork.fonts import readable, typeface, width

ELLIPSIS = "…"
LEADING = 1.3  # of the size, from one line to the next


@dataclass(frozen=True)
class Block:
    """Lines of one size."""

    lines: tuple[str, ...]
    size: float
    bold: bool = False
    is_cut: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def wrap(text: str, size: float, measure: float, *, bold: bool = False) -> list[str]:
    """The lines of `text`, none wider than `measure`; a word that is too long alone is broken."""
    lines = [""]
    for word in _words(readable(text)):
        candidate = lines[-1] + word
        if width(candidate.rstrip(), size, bold=bold) <= measure:
            lines[-1] = candidate
            continue
        pieces = _pieces(word, size, measure, bold)
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return [line.rstrip() for line in lines if line.strip()]


def fit(text: str, sizes: Iterable[float], measure: float, *, lines: int, bold: bool = False) -> Block:
    """The largest of `sizes` at which `text` takes at most `lines`; at the smallest the rest is cut and marked."""
    for size in sizes:  # noqa: B007  the last one is used below
        found = wrap(text, size, measure, bold=bold)
        if len(found) <= lines:
            return Block(tuple(found), size, bold)
    return cut(Block(tuple(found), size, bold), lines, measure)


def fit_snugly(text: str, sizes: tuple[float, ...], measure: float, *, bold: bool = False) -> Block:
    """One line where any of `sizes` allows it, else two of the smallest."""
    line = fit(text, sizes, measure, lines=1, bold=bold)
    return fit(text, sizes[-1:], measure, lines=2, bold=bold) if line.is_cut else line


def cut(block: Block, lines: int, measure: float) -> Block:
    """The first `lines` of a block, with an ellipsis where more would follow."""
    if len(block.lines) <= lines:
        return block
    kept = list(block.lines[:lines])
    last = kept.pop() if kept else ""
    while last and width(last + ELLIPSIS, block.size, bold=block.bold) > measure:
        last = last[:-1]
    return Block((*kept, last.rstrip(" ,;:.") + ELLIPSIS) if lines else (), block.size, block.bold, is_cut=True)


def _words(text):
    """Words with the space behind them; ideographs stand alone, as no space separates them."""
    word = ""
    for character in text:
        alone = not typeface().has(character)
        if alone and word:
            yield word
            word = ""
        word += character
        if character == " " or alone:
            yield word
            word = ""
    if word:
        yield word


def _pieces(word, size, measure, bold):
    pieces = [""]
    for character in word:
        if pieces[-1] and width((pieces[-1] + character).rstrip(), size, bold=bold) > measure:
            pieces.append("")
        pieces[-1] += character
    return pieces

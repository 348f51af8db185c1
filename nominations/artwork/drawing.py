"""What a picture consists of. Lengths in pixels or points, from the top left corner; `y` of words is their base line."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from nominations.artwork.setting import LEADING, Block

GREEN, INK, QUIET, TINT, WHITE, GOLD = "#1d6b4f", "#1c2320", "#55605a", "#e8f2ed", "#ffffff", "#8a6a1f"
ASCENT = 0.95  # of the size, from the top of a line to its base line


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0


@dataclass(frozen=True)
class Words:
    text: str
    x: float
    y: float
    size: float
    fill: str = INK
    bold: bool = False
    anchor: str = "start"  # or middle


@dataclass(frozen=True)
class Polygon:
    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True)
class Link:
    """A place that opens an address, in papers only."""

    x: float
    y: float
    width: float
    height: float
    url: str


@dataclass
class Drawing:
    """`title` is what is read to those who do not see it."""

    width: float
    height: float
    title: str
    items: list = field(default_factory=list)

    def add(self, *items) -> None:
        self.items.extend(items)

    def set_block(self, block: Block, x: float, y: float, *, fill: str = INK, anchor: str = "start") -> float:
        """Put lines below each other, `y` being their top; answers where the next thing may begin."""
        for line in block.lines:
            self.add(Words(line, x, y + block.size * ASCENT, block.size, fill, block.bold, anchor))
            y += block.size * LEADING
        return y


def wreath(x: float, y: float, radius: float, *, fill: str = GREEN, leaves: int = 9) -> Iterable[Polygon]:
    """A laurel wreath around a point, open at the top."""
    for side in (1, -1):
        for number in range(leaves):
            angle = math.radians(8 + number * 140 / (leaves - 1))
            at = (x + side * radius * math.sin(angle), y + radius * math.cos(angle))
            along = math.degrees(angle) - 90
            for lean in (28, -28):
                yield _leaf(at, side, along + lean, radius * 0.36, radius * 0.075, fill)


def _leaf(at, side, direction, length, breadth, fill):
    turn = math.radians(direction)
    outline = [(step / 8, math.sin(math.pi * step / 8)) for step in range(9)]
    outline += [(along, -aside) for along, aside in reversed(outline[1:-1])]
    return Polygon(
        tuple(
            (
                round(at[0] + side * (along * length * math.cos(turn) - aside * breadth * math.sin(turn)), 2),
                round(at[1] + along * length * math.sin(turn) + aside * breadth * math.cos(turn), 2),
            )
            for along, aside in outline
        ),
        fill,
    )

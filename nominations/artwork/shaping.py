"""Scripts whose letters join, stack or run from right to left, and those outside the text typeface, as outlines."""

import unicodedata
from itertools import groupby

import uharfbuzz

from nominations.artwork.fonts import Run, runs, typeface

RIGHT_TO_LEFT = {"R", "AL"}
HEBREW, GREEK_EXTENDED = 0x590, range(0x1E00, 0x2C00)
GEORGIAN = range(0x10A0, 0x1100)


def is_simple(text: str) -> bool:
    """One glyph a character, left to right: Latin, Greek, Cyrillic, Georgian."""
    return all(
        typeface().has(character) and _stands_alone(ord(character)) and not unicodedata.combining(character) for character in text
    )


def _stands_alone(code):
    return code < HEBREW or code in GREEK_EXTENDED or code in GEORGIAN


def outlines(text: str, *, bold: bool, size: float, at: tuple[float, float], pen) -> None:
    """Draw the shaped text into a path with `moveTo`, `lineTo`, `curveTo` and `close`; `y` runs upward."""
    x, y = at
    for run, direction in in_visual_order(text, bold=bold):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run.text)
        buffer.guess_segment_properties()
        buffer.direction = direction
        uharfbuzz.shape(run.face.font, buffer)
        scale = size / run.face.font.face.upem
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            origin = x + place.x_offset * scale, y + place.y_offset * scale
            run.face.font.draw_glyph_with_pen(glyph.codepoint, ScaledPen(pen, scale, *origin))
            x += place.x_advance * scale


def in_visual_order(text: str, *, bold: bool) -> list[tuple[Run, str]]:
    """Stretches of one direction from left to right: a short form of the Unicode rules, enough for single lines."""
    directions = _directions(text)
    stretches = [
        ("".join(character for character, _direction in group), direction)
        for direction, group in groupby(zip(text, directions, strict=True), key=lambda pair: pair[1])
    ]
    if directions and _base(text) == "rtl":
        stretches.reverse()
    ordered = []
    for stretch, direction in stretches:
        found = runs(stretch, bold=bold)
        ordered += [(run, direction) for run in (reversed(found) if direction == "rtl" else found)]
    return ordered


def _base(text):
    return next((direction for direction in map(_strong, text) if direction), "ltr")


def _strong(character):
    kind = unicodedata.bidirectional(character)
    return "rtl" if kind in RIGHT_TO_LEFT else "ltr" if kind in {"L", "EN", "AN"} else ""


def _directions(text):
    """One a character; what has none follows its neighbours where they agree, else the line."""
    strong, base = [_strong(character) for character in text], _base(text)
    before, after, last = [], [], base
    for direction in strong:
        last = direction or last
        before.append(last)
    last = base
    for direction in reversed(strong):
        last = direction or last
        after.append(last)
    after.reverse()
    return [own or (left if left == right else base) for own, left, right in zip(strong, before, after, strict=True)]


class ScaledPen:
    """What harfbuzz draws, moved and scaled into a path of reportlab."""

    def __init__(self, path, scale, x, y):
        self.path, self.scale, self.x, self.y = path, scale, x, y
        self.last = (0, 0)

    def _at(self, point):
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def moveTo(self, point):
        self.last = point
        self.path.moveTo(*self._at(point))

    def lineTo(self, point):
        self.last = point
        self.path.lineTo(*self._at(point))

    def curveTo(self, first, second, point):
        self.last = point
        self.path.curveTo(*self._at(first), *self._at(second), *self._at(point))

    def qCurveTo(self, control, point):
        """The same curve with two control points, as PDF has no other."""
        first, second = (_toward(end, control) for end in (self.last, point))
        self.curveTo(first, second, point)

    def closePath(self):
        self.path.close()


def _toward(end, control):
    return tuple(a + (b - a) * 2 / 3 for a, b in zip(end, control, strict=True))

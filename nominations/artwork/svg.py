"""A drawing as SVG: no script, no style, every word escaped."""

from django.utils.html import escape

from nominations.artwork.drawing import Box, Drawing, Polygon, Words
from nominations.artwork.fonts import width

FAMILIES = "FiraGO, Fira Sans, Noto Sans, Segoe UI, Helvetica, Arial, sans-serif"


def as_svg(drawing: Drawing) -> bytes:
    size = f'width="{drawing.width:g}" height="{drawing.height:g}" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FAMILIES}">'
    parts = [PARTS[type(item)](item) for item in drawing.items if type(item) in PARTS]
    return "\n".join([head, f"<title>{escape(drawing.title)}</title>", *parts, "</svg>\n"]).encode()


def _box(box: Box):
    stroke = f' stroke="{box.stroke}" stroke-width="{box.stroke_width:g}"' if box.stroke else ""
    place = f'x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"'
    return f'<rect {place} fill="{box.fill or "none"}"{stroke}/>'


def _polygon(polygon: Polygon):
    return f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in polygon.points)}" fill="{polygon.fill}"/>'


def _words(words: Words):
    """As wide as it was measured, whatever typeface the reader has."""
    long = f'textLength="{width(words.text, words.size, bold=words.bold):.1f}" lengthAdjust="spacingAndGlyphs"'
    look = f'font-size="{words.size:g}" font-weight="{700 if words.bold else 400}" text-anchor="{words.anchor}"'
    return f'<text x="{words.x:g}" y="{words.y:g}" {look} fill="{words.fill}" {long}>{escape(words.text)}</text>'


PARTS = {Box: _box, Polygon: _polygon, Words: _words}

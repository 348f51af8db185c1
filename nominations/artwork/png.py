"""A drawing as PNG. Drawn larger and scaled down, so that slanted edges are smooth."""

import io

from PIL import Image, ImageDraw, ImageFont, features

from nominations.artwork.drawing import Box, Drawing, Polygon, Words
from nominations.artwork.fonts import CJK_FILE, width
from nominations.artwork.shaping import in_visual_order

SCALE = 2
CAN_SHAPE = features.check("raqm")


def as_png(drawing: Drawing) -> bytes:
    picture = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), "white")
    pen = ImageDraw.Draw(picture)
    for item in drawing.items:
        if type(item) in PARTS:
            PARTS[type(item)](pen, item)
    small = picture.resize((round(drawing.width), round(drawing.height)), Image.Resampling.BOX)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def _box(pen, box: Box):
    place = [box.x * SCALE, box.y * SCALE, (box.x + box.width) * SCALE - 1, (box.y + box.height) * SCALE - 1]
    pen.rectangle(place, box.fill or None, box.stroke or None, round(box.stroke_width * SCALE))


def _polygon(pen, polygon: Polygon):
    pen.polygon([(x * SCALE, y * SCALE) for x, y in polygon.points], polygon.fill)


def _words(pen, words: Words):
    x = words.x * SCALE
    if words.anchor == "middle":
        x -= width(words.text, words.size, bold=words.bold) * SCALE / 2
    for run, direction in in_visual_order(words.text, bold=words.bold):
        text, options = (run.text, {"direction": direction}) if CAN_SHAPE else (_unshaped(run.text, direction), {})
        pen.text((x, words.y * SCALE), text, words.fill, _font(run.face, words.size * SCALE), anchor="ls", **options)
        x += width(run.text, words.size, bold=words.bold) * SCALE


def _unshaped(text, direction):
    """Without the system's FriBiDi nothing joins, but the order is right."""
    return text[::-1] if direction == "rtl" else text


def _font(face, size):
    """A new one each time: a font is not to be shared between threads."""
    if not face.is_cjk:
        return ImageFont.truetype(io.BytesIO(face.data), size)
    font = ImageFont.truetype(CJK_FILE, size, index=face.cjk)
    font.set_variation_by_name("Bold" if face.bold else "Regular")
    return font


PARTS = {Box: _box, Polygon: _polygon, Words: _words}

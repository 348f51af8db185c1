"""A drawing as a PDF of one page. Text is text with an embedded typeface; what needs shaping is drawn as outlines."""

import io
from functools import lru_cache

from django.utils.translation import get_language
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from nominations.artwork.drawing import Box, Drawing, Link, Polygon, Words
from nominations.artwork.fonts import typeface, width
from nominations.artwork.shaping import is_simple, outlines


def as_pdf(drawing: Drawing) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(drawing.width, drawing.height), lang=get_language() or "en", invariant=True)
    canvas.setTitle(drawing.title)
    canvas.setCreator("Laurel")
    for item in drawing.items:
        PARTS[type(item)](canvas, item, drawing.height)
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _box(canvas, box: Box, height):
    if box.stroke:
        canvas.setStrokeColor(box.stroke)
        canvas.setLineWidth(box.stroke_width)
    if box.fill:
        canvas.setFillColor(box.fill)
    canvas.rect(box.x, height - box.y - box.height, box.width, box.height, stroke=bool(box.stroke), fill=bool(box.fill))


def _polygon(canvas, polygon: Polygon, height):
    path = canvas.beginPath()
    (x, y), *others = polygon.points
    path.moveTo(x, height - y)
    for x, y in others:
        path.lineTo(x, height - y)
    path.close()
    canvas.setFillColor(polygon.fill)
    canvas.drawPath(path, stroke=0, fill=1)


def _words(canvas, words: Words, height):
    canvas.setFillColor(words.fill)
    x = words.x - (width(words.text, words.size, bold=words.bold) / 2 if words.anchor == "middle" else 0)
    if is_simple(words.text):
        canvas.setFont(_registered(words.bold), words.size)
        canvas.drawString(x, height - words.y, words.text)
        return
    path = canvas.beginPath()
    outlines(words.text, bold=words.bold, size=words.size, at=(x, height - words.y), pen=path)
    # The words themselves, for those who search, copy or listen.
    canvas._code.append(f"/Span <</ActualText <feff{words.text.encode('utf-16-be').hex()}>>> BDC")
    canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
    canvas._code.append("EMC")


def _link(canvas, link: Link, height):
    place = (link.x, height - link.y - link.height, link.x + link.width, height - link.y)
    canvas.linkURL(link.url, place, relative=0)


@lru_cache
def _registered(bold):
    name = "FiraGO-Bold" if bold else "FiraGO"
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(typeface(bold=bold).data)))
    return name


PARTS = {Box: _box, Polygon: _polygon, Words: _words, Link: _link}

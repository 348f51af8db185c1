"""Small files as customers send them: a picture and a paper, made here."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

PAPER, INK = "#f4f1ea", "#20443a"


def chart() -> SimpleUploadedFile:
    """Bars that fall from left to right: time before, time after."""
    image = Image.new("RGB", (640, 360), PAPER)
    draw = ImageDraw.Draw(image)
    for number, height in enumerate((260, 240, 150, 90, 60, 48)):
        left = 60 + number * 90
        draw.rectangle((left, 320 - height, left + 60, 320), fill=INK)
    return SimpleUploadedFile("before-and-after.png", _written(image), content_type="image/png")


def logo(name: str) -> SimpleUploadedFile:
    """The initials of a company in a field of colour."""
    image = Image.new("RGB", (320, 160), INK)
    initials = "".join(word[0] for word in name.split()[:3]).upper()
    ImageDraw.Draw(image).text((160, 80), initials, fill=PAPER, anchor="mm", font_size=96)
    return SimpleUploadedFile("logo.png", _written(image), content_type="image/png")


def letter(lines: list[str]) -> SimpleUploadedFile:
    """One page; the same lines make the same bytes."""
    written = io.BytesIO()
    page = canvas.Canvas(written, invariant=True)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 18 * number, line)
    page.save()
    return SimpleUploadedFile("letter.pdf", written.getvalue(), content_type="application/pdf")


def _written(image):
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()

"""Pictures, made anew from their pixels: no place, no camera, no comment, nothing hidden behind them is kept."""

import io
import threading

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from advocacy.exceptions import FileRefused

TAKEN = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "WEBP": ("image/webp", "webp")}
OPTIONS = {"PNG": {"optimize": False}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 4_000  # pixels; larger ones are made smaller
# A large picture takes some 300 MB while it is open: never two of them in one process.
one_at_a_time = threading.Lock()
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")


def picture(content: bytes) -> tuple[str, str, bytes] | None:
    """A PNG, JPEG or WebP made anew; raises FileRefused for a broken one and for one that would fill the memory."""
    if not content.startswith(BEGINNINGS):
        return None
    try:
        with one_at_a_time, Image.open(io.BytesIO(content), formats=list(TAKEN)) as image:
            return _made_anew(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(_too_large()) from None
    except FileRefused:
        raise
    except Exception as error:  # Pillow's decoders raise whatever a hostile file leads them to
        raise FileRefused(_("This picture cannot be read. Save it anew as PNG or JPEG and send that.")) from error


def _made_anew(image):
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise FileRefused(_too_large())
    kind, extension = TAKEN[image.format]
    saved_as = image.format
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(image, in_place=True)
    pixels = image.convert("RGB" if saved_as == "JPEG" or not image.has_transparency_data else "RGBA")
    # A new image has no text blocks, profiles and comments to carry over.
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    file = io.BytesIO()
    clean.save(file, saved_as, **OPTIONS[saved_as])
    return kind, extension, file.getvalue()


def _too_large():
    return _("This picture has too many pixels to open. Make it smaller, to 4,000 a side, and send it again.")

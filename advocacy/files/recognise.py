from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from advocacy.exceptions import FileRefused
from advocacy.files import documents, pictures

NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "png": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "webp": "WebP",
    "txt": "text",
}


class Recognised(NamedTuple):
    """`content` is what is kept; pictures are made anew, so that nothing but the picture is in it."""

    content_type: str
    extension: str
    content: bytes


def recognise(file: BinaryIO, name: str) -> Recognised:
    """What `file` is; raises FileRefused with a sentence for the person who sent it. The file is small enough to read."""
    content = file.read()
    if not content:
        raise FileRefused(_("“%(name)s” is empty.") % {"name": name})
    try:
        found = documents.pdf(content) or documents.office(content) or pictures.picture(content)
    except FileRefused as error:  # of several files sent at once, which one
        raise FileRefused(_("“%(name)s”: %(sentence)s") % {"name": name, "sentence": error}) from error
    if found:
        return Recognised(*found)
    if documents.is_markup(content):
        raise FileRefused(_("“%(name)s” is SVG or a web page, which can hold scripts. Send it as PNG or PDF.") % {"name": name})
    if documents.is_text(content) and _claims(name) in ("", "txt"):
        return Recognised("text/plain", "txt", content)
    raise FileRefused(_refusal(name))


def _claims(name):
    """The type a name claims, where it is one that we take."""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    return extension if extension in NAMES else ""


def _refusal(name):
    if claimed := _claims(name):
        return _("“%(name)s” is called %(kind)s, and its content is not. Open it, save it anew and send that.") % {
            "name": name,
            "kind": NAMES[claimed],
        }
    return _("“%(name)s” is nothing we take. We take PNG, JPEG, WebP, PDF, Word, PowerPoint, Excel and plain text.") % {
        "name": name
    }

"""PDF, Office and plain text by content. What is found is kept as it came and only ever downloaded."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from advocacy.exceptions import FileRefused

MAIN = "application/vnd.openxmlformats-officedocument."
OFFICE = {
    b"wordprocessingml.document.main+xml": (f"{MAIN}wordprocessingml.document", "docx"),
    b"presentationml.presentation.main+xml": (f"{MAIN}presentationml.presentation", "pptx"),
    b"spreadsheetml.sheet.main+xml": (f"{MAIN}spreadsheetml.sheet", "xlsx"),
}
TYPES_PART = "[Content_Types].xml"
MOST_PARTS = 5_000
MOST_UNPACKED = 200_000_000  # bytes
MOST_TYPES = 1_000_000  # bytes
PDF_BEGINS = re.compile(rb"%PDF-[12]\.\d")
MARKUP = re.compile(rb"<\s*(?:svg|\?xml|!doctype|html|head|body|script|iframe)\b", re.IGNORECASE)
LOOKED_AT = 4_096  # bytes at either end
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def pdf(content: bytes) -> tuple[str, str, bytes] | None:
    """A PDF begins with its version and ends with the place of its table of contents."""
    tail = content[-LOOKED_AT:]
    if PDF_BEGINS.match(content) and b"startxref" in tail and b"%%EOF" in tail:
        return "application/pdf", "pdf", content
    return None


def office(content: bytes) -> tuple[str, str, bytes] | None:
    """Word, PowerPoint or Excel of today; with macros it is refused, and so is what would unpack to far too much."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _office_in(archive, content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None  # a broken or locked archive is no document


def _office_in(archive, content):
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused(_("This file unpacks to far too much. Save the document anew, with fewer pictures."))
    names = {part.filename for part in parts}
    if TYPES_PART not in names:
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("This document holds macros. Save it without them."))
    if archive.getinfo(TYPES_PART).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None  # Office writes no other; some of them ask for gigabytes to unpack a line
    with archive.open(TYPES_PART) as types:
        declared = types.read(MOST_TYPES)
    return next(((kind, extension, content) for mark, (kind, extension) in OFFICE.items() if mark in declared), None)


def is_markup(content: bytes) -> bool:
    return bool(MARKUP.search(content[:LOOKED_AT]))


def is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROL.search(text)

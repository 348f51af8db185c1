"""Files for the tests, small and made on the spot."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
DOCX = "wordprocessingml.document"


def picture(form="PNG", size=(8, 6), **options):
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, form, **options)
    return file.getvalue()


def jpeg_with_place():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    exif[0x0112] = 6  # lies on its side
    return picture("JPEG", exif=exif, comment=b"secret comment")


def image_bomb(side=60_000):
    """A PNG of a few bytes that says it has 3,600,000,000 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def office(kind=DOCX, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(kind))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.bin", content)
    return file.getvalue()


def upload(content=PDF, name="proof.pdf"):
    return SimpleUploadedFile(name, content)

"""What a file is, by its content."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from advocacy.exceptions import FileRefused
from advocacy.files import documents, recognise
from tests.nominations import files


def kind_of(content, name="file"):
    return recognise(io.BytesIO(content), name).extension


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (files.PDF, "pdf"),
        (files.picture("PNG"), "png"),
        (files.picture("JPEG"), "jpg"),
        (files.picture("WEBP"), "webp"),
        (files.office(), "docx"),
        (files.office("presentationml.presentation"), "pptx"),
        (files.office("spreadsheetml.sheet"), "xlsx"),
        ("Nine days, then two. Größe ✓\n".encode(), "txt"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name(content, extension):
    assert kind_of(content, "photo.of.something") == extension


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "is empty"),
        (b"Not at all.", "a.pdf", "is called PDF, and its content is not"),
        (b"%PDF-1.7 and no more", "a.pdf", "is called PDF, and its content is not"),
        (files.SVG, "logo.svg", "SVG or a web page"),
        (files.SVG, "logo.png", "SVG or a web page"),
        (b"<!DOCTYPE html><p>Hello", "a.txt", "SVG or a web page"),
        (files.image_bomb(), "a.png", "too many pixels"),
        (files.image_bomb(9_000), "a.png", "too many pixels"),
        (files.picture("PNG")[:45], "a.png", "cannot be read"),
        (files.picture("GIF"), "a.gif", "nothing we take"),
        (b"MZ\x90\x00\x03", "setup.exe", "nothing we take"),
        (b"PK\x03\x04 broken", "a.docx", "is called Word, and its content is not"),
        (files.office("something.else"), "a.zip", "nothing we take"),
        (files.office(vbaProject=b"Sub AutoOpen()"), "a.docx", "holds macros"),
        (b"\x00\x01\x02", "a.txt", "is called text, and its content is not"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(content, name, sentence):
    with pytest.raises(FileRefused, match=sentence):
        kind_of(content, name)


def test_a_document_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 1_000)
    with pytest.raises(FileRefused, match="unpacks to far too much"):
        kind_of(files.office(picture=b"0" * 2_000))


def test_a_picture_is_made_anew_upright_and_without_what_hid_in_it():
    sent = files.jpeg_with_place()
    assert b"Camera of Ada" in sent
    kept = recognise(io.BytesIO(sent), "a.jpg").content
    assert b"Camera of Ada" not in kept
    assert b"secret comment" not in kept
    assert Image.open(io.BytesIO(kept)).size == (6, 8)


def test_what_hangs_behind_a_picture_is_gone():
    assert b"<script>" not in recognise(io.BytesIO(files.picture() + b"<script>"), "a.png").content


def test_a_large_picture_is_made_smaller():
    kept = recognise(io.BytesIO(files.picture(size=(5_000, 10))), "a.png").content
    assert Image.open(io.BytesIO(kept)).size == (4_000, 8)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"PK\x03\x04"])
)
@example(b"", b"")
def test_whatever_comes_in_is_recognised_or_refused(content, beginning):
    with contextlib.suppress(FileRefused):
        assert kind_of(beginning + content) in ("txt", "pdf", "png", "jpg", "webp")


def test_an_archive_packed_in_a_way_no_office_packs_is_no_document():
    """Of such a file a few bytes say how much memory unpacking one line takes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", files.TYPES.format(files.DOCX))
    assert documents.office(file.getvalue()) is None

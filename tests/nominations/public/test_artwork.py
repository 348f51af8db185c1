"""Pictures and papers: what is drawn, in which typeface, and that it fits."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from nominations.artwork import png
from nominations.artwork.drawing import Drawing, Words
from nominations.artwork.fonts import readable, runs, width
from nominations.artwork.pdf import as_pdf
from nominations.artwork.png import as_png
from nominations.artwork.setting import fit, wrap
from nominations.artwork.shaping import in_visual_order, is_simple
from nominations.artwork.svg import as_svg
from nominations.public.sharing import share_picture

SCRIPTS = {
    "Latin": "Łódź für Ærø",
    "Greek": "Ελληνικά",
    "Cyrillic": "Кириллица",
    "Arabic": "جوائز العملاء",
    "Hebrew": "פרס הלקוחות",
    "Thai": "รางวัล",
    "Devanagari": "पुरस्कार",
    "Japanese": "株式会社サンプル",
    "Korean": "한국 주식회사",
    "Chinese": "客户成就奖",
}


def written(*texts):
    drawing = Drawing(300, 40, "Title")
    drawing.add(*(Words(text, 5, 30, 24) for text in texts))
    return drawing


def boxes_drawn(text):
    """The letters as a picture without its white."""
    return Image.open(io.BytesIO(as_png(written(text)))).convert("L").point(lambda shade: 255 * (shade < 128)).getbbox()


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_each_script_has_a_typeface_of_its_own(text):
    assert readable(text) == text
    assert all(run.face.has(character) for run in runs(text) for character in run.text if character != " ")
    assert boxes_drawn(text) is not None


def test_without_fribidi_the_letters_are_there_all_the_same(monkeypatch):
    monkeypatch.setattr(png, "CAN_SHAPE", False)
    assert boxes_drawn(SCRIPTS["Arabic"]) is not None


def test_a_script_without_a_typeface_is_written_in_latin_letters():
    assert readable("தமிழ்") == "tmil"
    assert readable("Հայաստան") == "Hayastan"


def test_signs_and_controls_are_left_out():
    assert readable("Win\u202ener\x00 🎉 of\nthe year") == "Winner of the year"


def test_scripts_of_one_line_are_shaped_apart():
    assert [run.text for run in runs("ไทย नमस्ते")] == ["ไทย ", "नमस्ते"]


def test_a_line_from_right_to_left_begins_at_the_right():
    order = [(run.text, direction) for run, direction in in_visual_order("פרס Berg AG", bold=False)]
    assert order == [("Berg AG", "ltr"), ("פרס ", "rtl")]


def test_a_name_in_brackets_keeps_its_direction():
    assert in_visual_order("Berg AG", bold=False)[0][1] == "ltr"
    assert in_visual_order("", bold=False) == []


def test_no_line_is_wider_than_it_may_be():
    text = "Customer Impact Awards of all the regions and ofanendlesswordthatnobodywouldeverwrite"
    lines = wrap(text, 20, 180)
    assert max(width(line, 20) for line in lines) <= 180
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_ideographs_are_broken_without_spaces():
    assert len(wrap("客户成就奖" * 6, 20, 200)) == 3


def test_a_long_text_gets_smaller_and_then_cut():
    assert fit("Short", (60, 40), 600, lines=2).size == 60
    assert fit("Customer Impact Awards of the North", (60, 40), 600, lines=2).size == 60
    cut = fit("Customer Impact Awards " * 9, (60, 40), 600, lines=2)
    assert (cut.size, len(cut.lines), cut.is_cut, cut.lines[-1][-1]) == (40, 2, True, "…")


@pytest.mark.parametrize("title", ["Impact", "Customer Impact Awards of Northern Europe " * 5, "客户成就奖" * 20, "W" * 150])
def test_the_picture_of_a_link_has_the_size_that_networks_ask_for(title):
    picture = share_picture(over="Over", title=title, under="Under " * 40, foot="Foot " * 40)
    inside = [item for item in picture.items if isinstance(item, Words)]
    assert Image.open(io.BytesIO(as_png(picture))).size == (1200, 630)
    assert all(60 <= words.y <= 600 for words in inside)
    assert all(words.x + width(words.text, words.size, bold=words.bold) <= 1200 - 40 for words in inside)


def test_every_word_of_an_svg_is_escaped():
    drawing = written('<script>alert("1")</script> & more')
    drawing.title = "<b>"
    svg = as_svg(drawing).decode()
    assert "<script" not in svg
    assert "<title>&lt;b&gt;</title>" in svg
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more" in svg


def test_letters_of_a_pdf_can_be_searched_and_are_embedded():
    page = PdfReader(io.BytesIO(as_pdf(written("Łódź Ελληνικά Кириллица")))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
    embedded = [font for font in fonts if "FiraGO" in font["/BaseFont"]]
    assert "Łódź Ελληνικά Кириллица" in page.extract_text()
    assert all("/FontFile2" in font["/FontDescriptor"] for font in embedded)
    assert embedded


def test_what_needs_shaping_is_drawn_and_says_its_words():
    content = PdfReader(io.BytesIO(as_pdf(written("株式会社")))).pages[0].get_contents().get_data()
    assert not is_simple("株式会社")
    assert "株式会社".encode("utf-16-be").hex().encode() in content


def test_the_same_drawing_is_the_same_file():
    assert as_pdf(written("Impact")) == as_pdf(written("Impact"))

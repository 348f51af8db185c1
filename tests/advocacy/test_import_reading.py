"""The reading layer: any table file becomes rows, anything else a sentence."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.importer.exceptions import FileUnusable
from advocacy.importer.reading import read_table

TEXT = "name,note\nBlå Bär,ü\nBerg,€\n"


@pytest.fixture
def file(tmp_path):
    """A function that writes bytes, or text in UTF-8, to a file."""

    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def cells(table):
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_same_text_is_read_from_every_usual_encoding(file, encoding):
    table = read_table(file(TEXT.encode(encoding)))

    assert table.header == ["name", "note"]
    assert cells(table) == [["Blå Bär", "ü"], ["Berg", "€"]]


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_with_its_mark_is_read_in_either_byte_order(file, mark, encoding):
    table = read_table(file(mark + TEXT.encode(encoding)))

    assert (table.header, table.encoding_name) == (["name", "note"], "UTF-16")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_outside_quotation_marks(file, delimiter):
    table = read_table(
        file(f'"a, b; c",d{delimiter}e{delimiter}f\n'.replace(",d", f"{delimiter}d") + delimiter.join("1234") + "\n")
    )

    assert table.header == ["a, b; c", "d", "e", "f"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read_and_lines_are_counted(file, ending):
    table = read_table(file(ending.join(["name,note", '"Berg","two', 'lines"', "", "Tal,x"])))

    assert [(row.line, row.cells[0]) for row in table.rows()] == [(2, "Berg"), (5, "Tal")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"name,note\n", "The file names its columns and has no rows below them."),
        (b"PK\x03\x04rest of an xlsx", "This is a spreadsheet or an archive, not CSV."),
        (b"\xd0\xcf\x11\xe0rest of an xls", "This is a spreadsheet or an archive, not CSV."),
        (b"%PDF-1.7 rest", "This is a PDF, not CSV."),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "This is a web page or XML, not CSV."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture, not CSV."),
        (b"\x00\x01\x02\x03\x00\x00\x07", "This is not a text file."),
        (b"name\n\x81\x8d\x8f\x90", "The text is in an encoding we cannot read."),
        (b"a,b\n" + b"x" * 8_000_001, "A line has more than eight million characters"),
        (b"\xff\xfen\x00a\x00m", "The text is in an encoding we cannot read."),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(file, content, sentence):
    with pytest.raises(FileUnusable) as refused:
        read_table(file(content))

    assert str(refused.value).startswith(sentence)


def test_a_missing_file_and_a_folder_get_a_sentence(tmp_path):
    with pytest.raises(FileUnusable, match="cannot be opened: no such file"):
        read_table(tmp_path / "absent.csv")
    with pytest.raises(FileUnusable, match="cannot be opened: is a directory"):
        read_table(tmp_path)


def test_ragged_rows_are_refused_by_line_and_the_others_read(file):
    table = read_table(file("a,b\n1,2\n3\n4,5,6\n7,8,,\n"))

    assert [(row.line, row.refusal) for row in table.rows()] == [
        (2, ""),
        (3, "has 1 cells where the header has 2."),
        (4, "has 3 cells where the header has 2."),
        (5, ""),
    ]


def test_an_open_quotation_mark_names_the_lines_it_swallowed(file):
    table = read_table(file('a,b\n1,2\n3,"4\n5,6\n'))

    assert [row.refusal for row in table.rows()] == [
        "",
        "opens a quotation mark that is never closed rightly: lines 3 to 4 were not taken.",
    ]


def test_reading_goes_on_after_a_quotation_mark_in_the_wrong_place(file):
    table = read_table(file('a,b\n"1"x,2\n3,4\n'))

    assert [row.refusal or row.cells for row in table.rows()] == ["has a quotation mark in the wrong place.", ["3", "4"]]


def test_a_cell_of_more_than_a_million_characters_is_refused_and_the_next_row_read(file):
    table = read_table(file(f"a,b\n1,{'x' * 1_000_001}\n3,4\n"))

    first, *_rest, last = [row.refusal or row.cells for row in table.rows()]
    assert "more than a million characters" in first
    assert last == ["3", "4"]


def test_a_long_cell_below_the_limit_is_read_whole(file):
    table = read_table(file(f'a,b\n1,"{"x" * 500_000}"\n'))

    assert len(cells(table)[0][1]) == 500_000


def test_a_nul_byte_refuses_its_row_only(file):
    table = read_table(file("a,b\n" + "1,2\n" * 2000 + "3,\0\n5,6\n"))

    assert [row.line for row in table.rows() if row.refusal] == [2002]


def test_formulas_are_text(file):
    table = read_table(file("a,b\n=1+1,+2\n-3,@x\n"))

    assert cells(table) == [["=1+1", "+2"], ["-3", "@x"]]


TABLES = st.lists(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=2, max_size=2), min_size=1, max_size=6
)


@given(rows=TABLES, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), delimiter=st.sampled_from(",;\t"))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_spreadsheet_writes_is_read_back(file, rows, encoding, delimiter):
    rows = [["x" + first, second] for first, second in rows]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([["name", "note"], *rows])

    assert cells(read_table(file(written.getvalue().encode(encoding)))) == rows

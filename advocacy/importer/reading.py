"""A table file, read row by row in bounded memory, whatever program saved it."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from advocacy.importer.exceptions import FileUnusable

LONGEST_CELL = 1_000_000  # characters
LONGEST_LINE = 8_000_000
SAMPLE = 4096
DELIMITERS = ",;\t"

BYTE_ORDER_MARKS = [(BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16")]
ENCODING_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}


@dataclass
class Row:
    """One record of the file; `refusal` says why it could not be read."""

    line: int
    cells: list[str] = field(default_factory=list)
    refusal: str = ""


@dataclass
class Table:
    """A file whose encoding, delimiter and header are known."""

    path: Path
    encoding: str
    delimiter: str
    header: list[str]

    @property
    def encoding_name(self) -> str:
        return ENCODING_NAMES.get(self.encoding, "UTF-16")

    def rows(self) -> Iterator[Row]:
        """Each record below the header with the number of the line it starts on; blank lines are left out."""
        records = _records(self.path, self.encoding, self.delimiter)
        next(records)
        for row in records:
            if row.refusal or any(cell.strip() for cell in row.cells):
                yield self._checked(row)

    def _checked(self, row):
        while len(row.cells) > len(self.header) and not row.cells[-1].strip():
            row.cells.pop()
        if row.refusal:
            return row
        if len(row.cells) != len(self.header):
            row.refusal = _("has %(cells)d cells where the header has %(columns)d.") % {
                "cells": len(row.cells),
                "columns": len(self.header),
            }
        elif any("\0" in cell for cell in row.cells):
            row.refusal = _("holds a NUL byte, which no text has.")
        return row


def read_table(path: Path | str) -> Table:
    """The table in a file; raises FileUnusable with a sentence when it is none."""
    path = Path(path)
    encoding = _encoding_of(path)
    delimiter = _delimiter_of(path, encoding)
    first = next(_records(path, encoding, delimiter), None)
    if first is None:
        raise FileUnusable(_("The file is empty."))
    if first.refusal:
        raise FileUnusable(_("The first line, which should name the columns, %(problem)s") % {"problem": first.refusal})
    table = Table(path, encoding, delimiter, [cell.strip() for cell in first.cells])
    if next(table.rows(), None) is None:
        raise FileUnusable(_("The file names its columns and has no rows below them."))
    return table


def count_rows(path: Path | str) -> int:
    """Records below the header; raises FileUnusable."""
    return sum(1 for _row in read_table(path).rows())


def _encoding_of(path):
    """By byte order mark, else UTF-8 where every byte fits it, else Windows-1252: the same file, the same answer."""
    with _opened(path) as file:
        sample = file.read(SAMPLE)
    _refuse_other_formats(sample)
    for mark, encoding in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return _proven(path, [encoding])
    if unmarked := _unmarked_utf16(sample):
        return _proven(path, [unmarked])
    if b"\0" in sample:
        raise FileUnusable(_("This is not a text file. Save the table as CSV (UTF-8) and try again."))
    return _proven(path, ["utf-8", "cp1252"])


def _refuse_other_formats(sample):
    start = sample.removeprefix(BOM_UTF8).lstrip().lower()
    for beginnings, what in [
        ((b"pk\x03\x04", b"\xd0\xcf\x11\xe0"), _("a spreadsheet or an archive")),
        ((b"%pdf",), _("a PDF")),
        ((b"<!doctype", b"<html", b"<?xml"), _("a web page or XML")),
        ((b"{\\rtf",), _("a text document")),
        ((b"\x1f\x8b",), _("a compressed file")),
        ((b"\x89png", b"\xff\xd8\xff", b"gif8"), _("a picture")),
    ]:
        if start.startswith(beginnings):
            raise FileUnusable(_("This is %(what)s, not CSV. Save the table as CSV (UTF-8) and try again.") % {"what": what})


def _unmarked_utf16(sample):
    """UTF-16 saved without its mark: in a mostly Latin text every second byte is zero."""
    evens, odds = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 4
    if enough and odds > enough and not evens:
        return "utf-16-le"
    return "utf-16-be" if enough and evens > enough and not odds else ""


def _proven(path, encodings):
    for encoding in encodings:
        if _decodes(path, encoding):
            return encoding
    raise FileUnusable(_("The text is in an encoding we cannot read. Save the table as CSV (UTF-8) and try again."))


def _decodes(path, encoding):
    decoder = getincrementaldecoder(encoding)()
    try:
        with _opened(path) as file:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _opened(path):
    try:
        return path.open("rb")
    except OSError as error:
        raise FileUnusable(
            _("%(path)s cannot be opened: %(reason)s.") % {"path": path, "reason": (error.strerror or str(error)).lower()}
        ) from error


def _delimiter_of(path, encoding):
    """The delimiter that stands most often in the header, outside quotation marks; of equals the comma."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    with path.open(encoding=encoding, newline="") as file:
        for character in _first_line(file):
            if character == '"':
                quoted = not quoted
            elif character in counts and not quoted:
                counts[character] += 1
    return max(DELIMITERS, key=counts.get)


def _first_line(file):
    return next((line for line in _bounded_lines(file) if line.strip()), "")


def _records(path, encoding, delimiter):
    """Every record, the header first. A record that cannot be read becomes a refused row, and reading goes on after it."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        lines = _bounded_lines(file)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(line, refusal=_unreadable(error, line, reader.line_num))
            else:
                if cells:
                    yield Row(line, cells)


def _bounded_lines(file: io.TextIOBase) -> Iterator[str]:
    # A file without a single line break must not be read into memory whole.
    for line in iter(lambda: file.readline(LONGEST_LINE), ""):
        if len(line) == LONGEST_LINE:
            raise FileUnusable(_("A line has more than eight million characters: this is no table."))
        yield line


def _unreadable(error, first_line, last_line):
    """The sentence for a record the reader gave up on; rows it had swallowed by then are named by their lines."""
    lines = {"first": first_line, "last": last_line}
    if "field larger" in str(error):
        return _("has a cell of more than a million characters: lines %(first)d to %(last)d were not taken.") % lines
    if last_line > first_line or "unexpected end" in str(error):
        return _("opens a quotation mark that is never closed rightly: lines %(first)d to %(last)d were not taken.") % lines
    return _("has a quotation mark in the wrong place.")

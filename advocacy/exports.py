"""CSV that spreadsheets open without running anything in it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

# A spreadsheet takes a cell that starts with one of these for a formula; some read the wide signs alike.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PIECE = 64_000  # characters


def neutral(value: Any) -> Any:
    """The value as it may stand in a cell: text that would run as a formula gets an apostrophe in front.

    Numbers stay numbers, negative ones too; None is an empty cell.
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def write_csv(stream, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Header and rows, in UTF-8 as the stream gives it, with the line ends of RFC 4180."""
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([neutral(value) for value in row] for row in rows)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The same file some hundred lines at a time, for an answer that is sent while it is made."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutral(value) for value in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()

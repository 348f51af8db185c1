"""CSV that spreadsheets open without running anything in it."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

# A spreadsheet takes a cell that starts with one of these for a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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

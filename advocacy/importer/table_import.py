"""What every import of a table shares: one transaction a file, batches, counts that add up, a dry run that is real."""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.importer.columns import Columns, Field, match_columns
from advocacy.importer.exceptions import ImportsBusy, RowRefused
from advocacy.importer.progress import Progress
from advocacy.importer.reading import Row, Table, read_table
from advocacy.importer.report import CREATED, UNCHANGED, UPDATED, Report
from advocacy.importer.values import read_boolean
from advocacy.models import User

BLANK = ("", None, [], {})
ONE_IMPORT_AT_A_TIME = 7_352_101  # any number nobody else locks on
WAIT = 0.2  # seconds between two looks whether the other import is over


class TableImport:
    """One run over one file. A subclass names its FIELDS and takes batches of rows."""

    FIELDS: tuple[Field, ...] = ()
    BATCH = 500  # rows
    promise = gettext_lazy("All of the file is imported, or nothing of it.")

    def __init__(
        self,
        *,
        path: Path | str,
        now: datetime,
        by: User | None = None,
        mapping: Mapping[str, str] | None = None,
        dry_run: bool = False,
        create_terms: bool = False,
        file_name: str = "",
        progress: Progress | None = None,
        patience: float | None = None,
        only: int | None = None,
    ):
        """`only` is for a dry run of so many rows; `patience` is for how many seconds to wait for another import."""
        self.path = Path(path)
        self.file_name = file_name or self.path.name
        self.now = now
        self.by = by
        self.mapping = mapping or {}
        self.create_terms = create_terms
        self.progress = progress or Progress()
        self.patience, self.only = patience, only
        self.report = Report(dry_run=dry_run)

    def run(self) -> Report:
        """Import the file, all of it or nothing; raises FileUnusable. A dry run does the same and takes it back."""
        table, columns = self.open()
        with alone(self.patience), transaction.atomic(), self.history():
            self.prepare()
            for batch in batches(islice(table.rows(), self.only), self.BATCH):
                self.take(self.accepted(batch, columns))
                self.progress.step(self.report)
            self.finish()
            insist(self.report)
            transaction.set_rollback(self.report.dry_run)
        return self.report

    def open(self) -> tuple[Table, Columns]:
        """The table and what its columns hold; raises FileUnusable."""
        table = read_table(self.path)
        columns = match_columns(table.header, self.FIELDS, self.mapping)
        self.report.columns_used, self.report.columns_ignored = columns.used, columns.ignored
        if table.encoding == "cp1252":
            self.report.fact(_("The file is not UTF-8 and was read as Windows-1252; look at accented letters."))
        return table, columns

    def history(self) -> pghistory.context:
        return pghistory.context(user=self.by and self.by.pk, imported_from=self.file_name)

    def prepare(self) -> None:
        """Load what the rows refer to."""

    def take(self, rows: list[tuple[int, dict[str, str]]]) -> None:
        """Create, update or reject each row of a batch: line and cells by our fields."""
        raise NotImplementedError

    def finish(self) -> None:
        """What can be done only when every row is in."""

    def accepted(self, rows: list[Row], columns: Columns) -> list[tuple[int, dict[str, str]]]:
        """The rows that could be read; the others are rejected here."""
        accepted = []
        for row in rows:
            self.report.read += 1
            try:
                accepted.append((row.line, self._cells(row, columns)))
            except RowRefused as refusal:
                self.report.reject(row.line, str(refusal))
        return accepted

    def _cells(self, row, columns):
        if row.refusal:
            raise RowRefused(row.refusal)
        cells = columns.read(row.cells)
        if read_boolean(cells.pop("is_deleted", ""), _("deletion mark")):
            raise RowRefused(_("is marked as deleted."))
        return cells

    def note(self, line: int, sentence: str) -> None:
        if sentence:
            self.report.note(line, sentence)


def take_over(instance: models.Model, values: Mapping, *, sure_of: Collection[str] = ()) -> list[str]:
    """Set what differs and return those fields; raises RowRefused where the model does not allow a value.

    `sure_of` names fields whose values need no check.
    """
    changed = [field for field, value in values.items() if getattr(instance, field) != value]
    for field in changed:
        setattr(instance, field, values[field])
    check_fields(instance, [field for field in changed if field not in sure_of])
    return changed


def fill_blanks(instance: models.Model, values: Mapping) -> list[str]:
    """Set the fields that are still blank and return those; raises RowRefused where the model does not allow a value."""
    return take_over(instance, {field: value for field, value in values.items() if getattr(instance, field) in BLANK})


def check_fields(instance: models.Model, names) -> None:
    """Lengths, choices and limits of these fields, without a query."""
    others = [field.name for field in instance._meta.fields if field.name not in names or field.is_relation]
    try:
        instance.clean_fields(exclude=others)
    except ValidationError as error:
        raise RowRefused(" ".join(_complaint(instance, *item) for item in error.message_dict.items())) from error


def _complaint(instance, name, messages):
    return f"{instance._meta.get_field(name).verbose_name}: {' '.join(messages)}"


def filled(values: Mapping) -> dict:
    """Without the blanks: an empty cell never erases what we know."""
    return {name: value for name, value in values.items() if value not in BLANK}


def outcome_of(instance: models.Model, changed) -> str:
    if instance.pk is None:
        return CREATED
    return UPDATED if changed else UNCHANGED


def batches(rows: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(rows, size)):
        yield batch


@contextmanager
def alone(patience: float | None = None) -> Iterator[None]:
    """One import at a time: two of one file at once would both find its rows missing.

    Waits so many seconds, or as long as it takes, and raises ImportsBusy. The lock goes with the connection, so a
    killed import holds up nobody.
    """
    ends_at = None if patience is None else time.monotonic() + patience
    while not _ask("SELECT pg_try_advisory_lock(%s)"):
        if ends_at is not None and time.monotonic() >= ends_at:
            raise ImportsBusy(_("Another import is running. Try again when it is done."))
        time.sleep(WAIT)
    try:
        yield
    finally:
        # A connection that is broken has nothing to give back.
        if connection.is_usable():
            _ask("SELECT pg_advisory_unlock(%s)")


def _ask(lock):
    with connection.cursor() as cursor:
        cursor.execute(lock, [ONE_IMPORT_AT_A_TIME])
        return cursor.fetchone()[0]


def insist(report: Report) -> None:
    if not report.adds_up:
        raise AssertionError(f"The report does not add up: {report.summary}")

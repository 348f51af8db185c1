"""Imports of any size: a transaction for every few thousand rows, so that an interrupted one goes on where it was."""

from itertools import islice

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext_lazy

from advocacy.contention import may_pass
from advocacy.importer.report import Report
from advocacy.importer.table_import import TableImport, alone, batches, insist

TRIES = 4


class StepwiseImport(TableImport):
    """What is in stays in: each batch is one transaction, and `progress` keeps how far it is in the same one.

    A file of up to BATCH rows is therefore taken whole or not at all, as with any other import.
    """

    BATCH = 5_000
    promise = gettext_lazy(
        "Imported in steps of 5,000 rows: when the import stops, what is in stays in, and the same file goes on from there."
    )

    def run(self) -> Report:
        """Import the file, or go on after the rows that `report` has counted; raises FileUnusable.

        A dry run does the same in one transaction and takes it back.
        """
        if self.report.dry_run:
            return super().run()
        table, columns = self.open()
        with alone(self.patience), self.history():
            self.prepare()
            for batch in batches(islice(table.rows(), self.report.read, None), self.BATCH):
                self._step(batch, columns)
                self.progress.between()
            with transaction.atomic():
                self.finish()
        insist(self.report)
        return self.report

    def _step(self, batch, columns):
        """One batch, whole or not at all; again when somebody added the same person, or stood in the way, meanwhile."""
        before = self.report.to_json()
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic():
                    self.take(self.accepted(batch, columns))
                    self.progress.step(self.report)
                return
            except (IntegrityError, OperationalError) as error:
                if attempt == TRIES or not (isinstance(error, IntegrityError) or may_pass(error)):
                    raise
                self.report.restore(before)

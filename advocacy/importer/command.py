"""The management commands' common part: arguments, and the report on standard output."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.importer import runs
from advocacy.importer.columns import parse_map
from advocacy.importer.exceptions import ColumnMissing, ImportsBusy
from advocacy.importer.progress import ShownProgress
from advocacy.importer.reading import count_rows


class ImportCommand(BaseCommand):
    importer = None
    kind = ""  # of its ImportRun, where it keeps one

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help=_("a CSV file (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252)"))
        parser.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="OURS=THEIRS",
            help=_("which column holds a field, such as name=Company; may be given several times. Fields: %(fields)s")
            % {"fields": ", ".join(field.name for field in self.importer.FIELDS)},
        )
        parser.add_argument("--create-terms", action="store_true", help=_("add industries that are not known yet"))

    def handle(self, *args, **options):
        path = Path(options["file"])
        try:
            chosen = {"mapping": parse_map(options["map"]), "create_terms": options["create_terms"], **self.options_of(options)}
            aside = options["dry_run"] or not self.kind
            report = self._aside(path, chosen, dry_run=options["dry_run"]) if aside else self._run(path, chosen)
        except ColumnMissing as error:
            hint = _("Rename one, or say which it is with --map %(name)s=COLUMN.") % {"name": error.field}
            raise CommandError(f"{error} {hint}") from error
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as interrupt:
            raise CommandError(_("Interrupted. The same command goes on after the rows that are in.")) from interrupt
        for line in report.lines():
            self.stdout.write(line)

    def _aside(self, path, chosen, *, dry_run):
        """An import nobody can go on with: a dry run, or one that is all of the file or nothing."""
        progress = ShownProgress(count_rows(path), sys.stderr)
        return self.importer(path=path, now=timezone.now(), dry_run=dry_run, progress=progress, **chosen).run()

    def _run(self, path, chosen):
        run = runs.begin(kind=self.kind, path=path, file_name=path.name, options=chosen, by=None, now=timezone.now())
        if run.rows_done:
            self.stdout.write(
                _("Going on after row %(done)d of %(total)d.") % {"done": run.rows_done, "total": run.rows_total or run.rows_done}
            )
        progress = ShownProgress(run.rows_total, sys.stderr)
        try:
            return runs.go_on(run, now=timezone.now(), path=path, progress=progress, patience=0)
        except ImportsBusy:
            self.stdout.write(_("Another import is running; this one starts when it is done."))
            return runs.go_on(run, now=timezone.now(), path=path, progress=progress)

    def options_of(self, options) -> dict:
        """What this import wants besides the file."""
        return {}

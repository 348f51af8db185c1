"""The management commands' common part: arguments, and the report on standard output."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.importer.columns import parse_map
from advocacy.importer.exceptions import ColumnMissing


class ImportCommand(BaseCommand):
    importer = None

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
        try:
            report = self.importer(
                path=options["file"],
                now=timezone.now(),
                mapping=parse_map(options["map"]),
                dry_run=options["dry_run"],
                create_terms=options["create_terms"],
                **self.options_of(options),
            ).run()
        except ColumnMissing as error:
            hint = _("Rename one, or say which it is with --map %(name)s=COLUMN.") % {"name": error.field}
            raise CommandError(f"{error} {hint}") from error
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        for line in report.lines():
            self.stdout.write(line)

    def options_of(self, options) -> dict:
        """What this import wants besides the file."""
        return {}

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from references.models import SearchRow
from references.rows import refresh_rows, wrong_rows
from references.vocabulary import rebuild_words

SHOWN = 20


class Command(BaseCommand):
    help = "Compares every search row with what it is made from, names the differences (0 expected) and repairs them."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Only compare; exit code 1 when a row differs.")

    def handle(self, *, check, **options):
        wrong = wrong_rows()
        rows = SearchRow.objects.count()
        self.stdout.write(_("%(wrong)s of %(rows)s search rows differ.") % {"wrong": len(wrong), "rows": rows})
        if wrong:
            self.stdout.write(_("Advocates: %(ids)s") % {"ids": ", ".join(map(str, wrong[:SHOWN]))})
        if check and wrong:
            raise SystemExit(1)
        if not check:
            self.stdout.write(_("%(words)s words known to those who misspell them.") % {"words": rebuild_words()})
        if wrong:
            refresh_rows(wrong)
            self.stdout.write(_("Repaired; %(wrong)s differ now.") % {"wrong": len(wrong_rows())})

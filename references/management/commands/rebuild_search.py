from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from references.models import SearchRow
from references.rows import wrong_bits, wrong_rows
from references.search import upkeep
from references.vocabulary import rebuild_words

SHOWN = 20


class Command(BaseCommand):
    help = "Compares every search row, count and rank with what it is made from, names the differences (0 expected) and repairs them."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Only compare; exit code 1 when something differs.")

    def handle(self, *, check, **options):
        now = timezone.now()
        while upkeep.is_behind(now) and upkeep.keep_current(now):
            pass
        rows, bits = self._compare(now)
        if check and (rows or bits):
            raise SystemExit(1)
        if rows or bits:
            upkeep.refresh(rows)
            upkeep.rebuild_all(now)
            rebuild_words()
            left = len(wrong_rows()) + len(wrong_bits(now))
            self.stdout.write(_("Repaired; %(wrong)s differ now.") % {"wrong": left})

    def _compare(self, now):
        rows, bits = wrong_rows(), wrong_bits(now)
        wrong = {"wrong": len(rows), "rows": SearchRow.objects.count(), "bits": len(bits)}
        self.stdout.write(_("%(wrong)s of %(rows)s search rows differ, and %(bits)s counts and ranks.") % wrong)
        if rows:
            self.stdout.write(_("Advocates: %(ids)s") % {"ids": ", ".join(map(str, rows[:SHOWN]))})
        if bits:
            self.stdout.write(_("Counts: %(names)s") % {"names": ", ".join(bits[:SHOWN])})
        return rows, bits

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from awards import freezing, verification
from awards.models import Result
from nominations.models import Program

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Checks frozen results: the seal of each, and its means and order computed anew from its scores. The newest of "
        "each program is also held against the scores in the database. Ends with an error when anything differs."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", default="", help="The program's address; without it, every result is checked.")

    def handle(self, *args, slug, **options):
        programs = Program.objects.filter(slug=slug) if slug else Program.objects.all()
        if slug and not programs.exists():
            raise CommandError(f"There is no program “{slug}”.")
        checked = [self._check(program) for program in programs.order_by("slug")]
        results, wrong = (sum(counts) for counts in zip(*checked, strict=True)) if checked else (0, 0)
        if wrong:
            raise CommandError(f"{wrong} of {results} results are not as they were frozen.")
        self.stdout.write(f"{results} results checked, all as they were frozen.")

    def _check(self, program):
        results = list(Result.objects.filter(program=program).select_related("program").order_by("number"))
        wrong = [result for result in results if self._tell(result, is_newest=result == results[-1])]
        wrong_numbers = [result.number for result in results] != list(range(1, len(results) + 1))
        if wrong_numbers:
            self.stdout.write(f"{program.slug}: a result is missing; there are {[result.number for result in results]}.")
        return len(results), max(len(wrong), int(wrong_numbers))

    def _tell(self, result, *, is_newest):
        faults = [*verification.faults(result.payload, result.digest), *self._strayed(result)]
        if is_newest:
            faults += verification.changed_scores(result.payload, freezing.score_rows(result.program))
        label = f"{result.program.slug}, result {result.number}"
        self.stdout.write(f"{label}: {'DIFFERS' if faults else 'as frozen'}  {result.digest}")
        for fault in islice(faults, SHOWN):
            self.stdout.write(f"  {fault}")
        if len(faults) > SHOWN:
            self.stdout.write(f"  and {len(faults) - SHOWN} more")
        return faults

    def _strayed(self, result):
        """A payload that was put under another program or number."""
        number = result.payload.get("number", result.number)
        if (result.payload.get("program"), number) != (result.program_id, result.number):
            yield f"The payload is that of program {result.payload.get('program')}, result {number}."

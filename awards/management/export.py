from django.core.management.base import BaseCommand, CommandError

from advocacy.exports import write_csv
from nominations.models import Program


class ExportCommand(BaseCommand):
    """Whoever runs commands on the server stands outside the seal; the pages keep it."""

    columns = ()

    def add_arguments(self, parser):
        parser.add_argument("slug", help="The program's address, the last part of /programs/<slug>/.")

    def handle(self, *args, slug, **options):
        program = Program.objects.filter(slug=slug).first()
        if program is None:
            raise CommandError(f"There is no program “{slug}”. Known: {', '.join(self._known()) or 'none'}.")
        write_csv(self.stdout, self.columns, self.rows(program))

    def rows(self, program):
        raise NotImplementedError

    def _known(self):
        return Program.objects.order_by("slug").values_list("slug", flat=True)[:20]

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from advocacy.importer.command import ImportCommand
from nominations.importer.nominations import NominationImport
from nominations.models import Program


class Command(ImportCommand):
    help = "Import customer stories as nominations of a program. The same file again changes nothing."
    importer = NominationImport

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--program", required=True, metavar="SLUG", help=_("the address of the program"))
        parser.add_argument("--category", default="", metavar="NAME", help=_("the category they are entered for; else the first"))

    def options_of(self, options):
        program = Program.objects.filter(slug=options["program"]).first()
        if program is None:
            raise CommandError(
                _("There is no program “%(slug)s”. There are: %(slugs)s.")
                % {"slug": options["program"], "slugs": ", ".join(Program.objects.values_list("slug", flat=True)) or "-"}
            )
        return {"program": program, "category": options["category"]}

from advocacy.importer.command import ImportCommand
from advocacy.importer.opportunities import OpportunityImport


class Command(ImportCommand):
    help = "Import opportunities from a CRM export. The same file again changes nothing."
    importer = OpportunityImport
    kind = "opportunities"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--products", metavar="FILE", help="a list of products, read first: its spellings are the names")

    def options_of(self, options):
        return {"products_path": options["products"]}

from advocacy.importer.advocates import AdvocateImport
from advocacy.importer.command import ImportCommand


class Command(ImportCommand):
    help = "Import customers' contacts as candidates for advocacy. The same file again changes nothing."
    importer = AdvocateImport
    kind = "advocates"

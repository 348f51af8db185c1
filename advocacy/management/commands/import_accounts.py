from advocacy.importer.accounts import AccountImport
from advocacy.importer.command import ImportCommand


class Command(ImportCommand):
    help = "Import accounts from a CRM export. The same file again changes nothing."
    importer = AccountImport
    kind = "accounts"

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backups import differences


class Command(BaseCommand):
    help = "Holds a restored system against its backup: rows, hashes of frozen results, files, and that no mail has gone out."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="The folder of the backup.")

    def handle(self, *args, folder, **options):
        try:
            wanted = json.loads((folder / "manifest.json").read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"{folder} is no backup: {error}") from error
        found = list(differences(wanted))
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} things are not as in the backup of {wanted['made_at']}.")
        self.stdout.write(
            f"As in the backup of {wanted['made_at']}: {sum(wanted['rows'].values())} rows, {len(wanted['results'])} frozen "
            f"results, {len(wanted['files'])} files. All mail is held."
        )

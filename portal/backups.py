"""What a backup holds, and whether a restored copy holds the same."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from awards.freezing import digest_of
from awards.models import Result
from outbox.models import Message, OutboxSettings

# Written by the restore itself, by migrations that follow it, by people who sign in, or made anew from the rest.
CHANGES = {"django_migrations", "django_session", "outbox_outboxsettings", "outbox_outboxsettingsevent", "pghistory_context"}
MADE_ANEW = "references_search"


def manifest(*, media: Path) -> dict:
    """Rows of each table, the hash of each frozen result, mails by state, and the files; read in one transaction it is one moment.

    Hashes are computed from what is stored, not copied beside it.
    """
    return {
        "made_at": timezone.now().isoformat(),
        "rows": {table: _rows_of(table) for table in _tables()},
        "results": {str(result.pk): digest_of(result.payload) for result in Result.objects.order_by("pk")},
        "mails": mails(),
        "files": files(media),
    }


def mails() -> dict[str, int]:
    return dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))


def files(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _digest_of_file(path) for path in paths}


def differences(wanted: dict) -> Iterator[str]:
    """Sentences, one for each thing in which this system is not the one the manifest tells of."""
    found = manifest(media=Path(settings.MEDIA_ROOT))
    lasting = {table: rows for table, rows in wanted["rows"].items() if table not in CHANGES and not table.startswith(MADE_ANEW)}
    for table, rows in lasting.items():
        if found["rows"].get(table) != rows:
            yield f"Table {table} has {found['rows'].get(table, 'no')} rows; the backup has {rows}."
    for pk, digest in wanted["results"].items():
        if found["results"].get(pk) != digest:
            yield f"Frozen result {pk} has the hash {found['results'].get(pk, '–')}; the backup has {digest}."
    for name, digest in wanted["files"].items():
        if found["files"].get(name) != digest:
            yield f"File {name} is missing or another one."
    if found["mails"] != wanted["mails"]:
        yield f"Mails by state are {found['mails']}; the backup has {wanted['mails']}: some have gone out or were written since."
    if not OutboxSettings.current().is_on_hold:
        yield "Mail is not held: the restored copy may send what was sent already."


def hold_all_mail(reason: str) -> None:
    """Nothing goes out until a person has looked and releases it in the admin."""
    held = OutboxSettings.current()
    held.is_on_hold, held.hold_reason = True, reason
    held.save()


def _tables():
    return sorted(connection.introspection.table_names())


def _rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our tables
        return cursor.fetchone()[0]


def _digest_of_file(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""A file between its preview and its import: kept on the server, for one person and one session."""

import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from advocacy.importer.exceptions import FileUnusable
from advocacy.importer.report import Report

SESSION_KEY = "imports"
KEPT_FOR = 24 * 3600  # seconds
MOST = 5  # files of one session


@dataclass
class Upload:
    """What a session remembers of a file; `kind` is the model it is for, `options` what was chosen beside it."""

    key: str
    kind: str
    user: int
    name: str
    options: dict = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return folder() / f"{self.key}.waiting"

    @property
    def taken_path(self) -> Path:
        return folder() / f"{self.key}.taken"

    @property
    def is_running(self) -> bool:
        return self.taken_path.exists()

    @property
    def report(self) -> Report | None:
        """Of the import that was made from this file; a file is imported once."""
        return cache.get(f"import-report:{self.key}")


class UploadGone(FileUnusable):
    """The file was imported, or waited too long."""


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(request: HttpRequest, *, kind: str, file: UploadedFile, options: dict) -> Upload:
    """Write the file down and remember it in the session."""
    _remove_old()
    upload = Upload(secrets.token_urlsafe(16), kind, request.user.pk, Path(file.name).name, options)
    with upload.path.open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    remember(request, upload)
    return upload


def remember(request: HttpRequest, upload: Upload) -> None:
    uploads = request.session.get(SESSION_KEY, {}) | {upload.key: asdict(upload)}
    request.session[SESSION_KEY] = dict(list(uploads.items())[-MOST:])


def find(request: HttpRequest, *, kind: str, key: str) -> Upload | None:
    """The file of this person and session, waiting or imported; None for anybody else."""
    known = request.session.get(SESSION_KEY, {}).get(key)
    upload = Upload(**known) if known else None
    return upload if upload and upload.kind == kind and upload.user == request.user.pk else None


def discard(upload: Upload) -> None:
    upload.path.unlink(missing_ok=True)


def discard_taken(path: str) -> None:
    """Remove a file that was taken for an import, unless it is somebody's own and stands elsewhere."""
    if Path(path).parent == folder() and path.endswith(".taken"):
        Path(path).unlink(missing_ok=True)


def take(upload: Upload) -> Path:
    """The file for one who imports it; raises UploadGone for all but the first.

    Renaming is atomic, so of two clicks on the same button one imports.
    """
    try:
        return upload.path.rename(upload.taken_path)
    except FileNotFoundError as error:
        raise UploadGone(_("This file was imported already, or waited too long. Choose it again.")) from error


def import_once(upload: Upload, run) -> Report:
    """Call `run` with the file's path and keep its report; raises UploadGone. When it fails the file waits again."""
    take(upload)
    try:
        report = run(upload.taken_path)
    except BaseException:
        upload.taken_path.rename(upload.path)
        raise
    cache.set(f"import-report:{upload.key}", report, KEPT_FOR)
    upload.taken_path.unlink()
    return report


def _remove_old():
    limit = time.time() - KEPT_FOR
    for path in folder().iterdir():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)

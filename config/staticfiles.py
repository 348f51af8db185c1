"""Collecting static files, when there is something new to collect."""

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.embedded import locks


def collect_if_changed() -> bool:
    """Run collectstatic unless it has run for exactly these files; says whether it ran."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    lock = locks.acquire(root.with_name(f"{root.name}.lock"), fcntl.LOCK_EX)
    with open(lock, "r+") as stamp:
        fingerprint = _fingerprint()
        if stamp.read() == fingerprint and (root / "staticfiles.json").exists():
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.seek(0)
        stamp.truncate()
        stamp.write(fingerprint)
        return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()

"""One database that is migrated once; the test database of every worker and every run is a copy of it.

Its name says which migrations made it. It stays on the server until a run with others takes its place.
"""

import gc
import hashlib
import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

PREFIX = "test_laurel_template_"
LOCK = 20_260_302  # an advisory lock: it also keeps runs apart that share a given server but no folder


@contextmanager
def current() -> Iterator[str]:
    """The name of the template of today's code; it is there for as long as the block runs."""
    with kept(PREFIX, digest(sources()), migrate_into) as name:
        yield name


def sources() -> list[Path]:
    """Every file that decides what a migrated database holds: all migrations, and what runs after them."""
    configs = list(apps.get_app_configs())
    migrations = [path for config in configs for path in Path(config.path).glob("migrations/**/*.py")]
    handlers = {Path(inspect.getsourcefile(handler)) for config in configs for handler in post_migrate._live_receivers(config)[0]}
    return sorted({*migrations, *handlers})


def digest(files: list[Path]) -> str:
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()[:16]


@contextmanager
def kept(prefix: str, version: str, make: Callable[[str], None]) -> Iterator[str]:
    """Make database `prefix + version` in the place of other versions, if it is missing, and let nobody drop it."""
    name, part = f"{prefix}{version}", f"{prefix}part"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            for other in found:
                cursor.execute(f"DROP DATABASE {other} WITH (FORCE)")
            make(part)
            # Only now: what an interrupted run leaves does not look finished.
            cursor.execute(f"ALTER DATABASE {part} RENAME TO {name}")
        # From here on others may copy too, but not drop. The server gives both locks back with the connection.
        cursor.execute("SELECT pg_advisory_lock_shared(%s), pg_advisory_unlock(%s)", [LOCK, LOCK])
        yield name


def migrate_into(name: str) -> None:
    settings, own = connection.settings_dict, connection.settings_dict["NAME"]
    wanted = settings["TEST"]["NAME"]
    settings["TEST"]["NAME"] = name
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)  # tens of thousands of models are made and dropped
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.creation.destroy_test_db(own, verbosity=0, keepdb=True)  # leaves it and lets go of it
    finally:
        gc.set_threshold(*before)
        settings["TEST"]["NAME"] = wanted


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with current():
        pass

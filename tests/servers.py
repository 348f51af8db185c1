"""The servers behind the tests: throw-away ones of their own, shared by all workers and by all runs in this folder.

Loaded by `-p tests.servers` in pyproject.toml, because pytest-django reads the settings before any
conftest. With DATABASE_URL or REDIS_URL in the environment those servers are used.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import embedded
from config.embedded import locks, places

HOLD = pytest.StashKey[embedded.Hold]()
MIGRATION = pytest.StashKey[subprocess.Popen]()
WORKERS = 16  # Valkey databases set aside for each run; there are 256


def pytest_sessionstart(session):
    if _is_worker():
        return
    from config.staticfiles import collect_if_changed  # noqa: PLC0415 (needs the settings)

    try:
        session.config.stash[HOLD] = embedded.hold(embedded.var())
    except embedded.EmbeddedError as error:
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)
    collect_if_changed()
    if session.config.getvalue("numprocesses"):
        # Migrating takes a core for most of a minute: it starts while the workers are still reading the tests.
        command = [sys.executable, "-m", "tests.template_database"]
        session.config.stash[MIGRATION] = subprocess.Popen(command, cwd=session.config.rootpath)  # noqa: S603


def pytest_sessionfinish(session):
    if migration := session.config.stash.get(MIGRATION, None):
        migration.wait()


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ


def _use_test_servers() -> None:
    """Point the settings, and every process a test starts, at the test servers."""
    var = embedded.var() / "test"
    places.make_open(var)
    os.environ |= {"LAUREL_VAR": str(var), "LAUREL_THROWAWAY": "1", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    os.environ.setdefault("LOG_LEVEL", "ERROR")  # a line for each of thousands of requests costs seconds
    run = _take_number(var)
    os.environ["LAUREL_TEST_RUN"] = str(run)
    os.environ.setdefault("TEST_DATABASE_NAME", f"test_laurel_{run}" if run else "test_laurel")


def _take_number(var: Path) -> int:
    """A number no other run in this folder has: runs at the same time share the servers, never a database."""
    number = 0
    # The descriptor stays open, and the number taken, until this process ends.
    while locks.acquire(var / f"run-{number}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) is None:
        number += 1
    return number


def _use_own_valkey_database() -> None:
    """A worker that clears its cache must not clear another's."""
    if "REDIS_URL" not in embedded.needed(embedded.var()):
        return
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    database = (int(os.environ["LAUREL_TEST_RUN"]) * WORKERS + worker) % 256
    os.environ["REDIS_URL"] = embedded.environment(embedded.var())["REDIS_URL"].replace("db=0", f"db={database}")


if "config.settings" in sys.modules:
    raise pytest.UsageError("The settings were read before the servers were chosen: run pytest with -p tests.servers.")
if not _is_worker():
    _use_test_servers()
_use_own_valkey_database()

"""Trials of the embedded servers: real ones, each in a folder of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from config.embedded import places
from config.process import PROJECT

USER = (
    "import sys; from pathlib import Path; import embedded; embedded.hold(Path(sys.argv[1])); print('ready', flush=True); input()"
)


def clean_environment(**extra):
    """The environment of a process that is no part of this test run."""
    ours = ("LAUREL_", "PYTEST", "DATABASE_URL", "REDIS_URL", "DEMO", "SITE_URL", "PORT")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | extra


def eventually(condition, seconds=30):
    """Wait until condition holds; says whether it did."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def query(var, sql):
    connection = psycopg2.connect(host=str(places.sockets(var)), user="laurel", dbname="laurel")
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def servers_of(var):
    """Every server process of this folder, by name."""
    marks = {"postgres": str(places.home(var)), "valkey-server": str(places.sockets(var))}
    found = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            command = process.cmdline()
            name = Path(command[0]).name if command else ""
            if name in marks and any(marks[name] in part for part in command[1:]):
                found[name] = process
    return found


class Users:
    """Processes that use the servers of one folder."""

    def __init__(self, var):
        self.var = var
        self.started = []

    def start(self, **environment):
        process = subprocess.Popen(
            [sys.executable, "-c", USER, str(self.var)],
            cwd=PROJECT / "config",
            env=clean_environment(**({"LAUREL_THROWAWAY": "1"} | environment)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def join(self, **environment):
        process = self.start(**environment)
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        return process

    def end(self):
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            process.communicate()


@pytest.fixture
def folder():
    """An empty folder that every user of this machine can reach; pytest's own belongs to one user alone."""
    path = Path(tempfile.mkdtemp(prefix="laurel-test-")).resolve()
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def var(folder):
    return folder / "var"


@pytest.fixture
def users(var):
    users = Users(var)
    yield users
    users.end()
    assert eventually(lambda: not servers_of(users.var)), "a server outlived its last user"
    for place in (places.home(users.var), places.sockets(users.var)):
        shutil.rmtree(place, ignore_errors=True)

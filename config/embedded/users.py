"""Being a user of an embedded server: it runs as long as somebody is."""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from . import locks
from .exceptions import EmbeddedError


class User:
    """This process as a user of one server, until it leaves or ends, however it ends."""

    def __init__(self, server: str, *, home: Path, sockets: Path, throwaway: bool):
        self._server = server
        self._home = home
        # Held until the server answers, by its keeper too: others wait here meanwhile.
        self._start = locks.acquire(self._path("start"), fcntl.LOCK_EX)
        self._users = locks.acquire(self._path("users"), fcntl.LOCK_SH)
        self._keeper = None
        if locks.is_free(self._path("keeper")):
            self._keeper = self._start_keeper(sockets, throwaway)

    def _path(self, lock: str) -> Path:
        return self._home / f"{self._server}.{lock}"

    def _start_keeper(self, sockets: Path, throwaway: bool) -> subprocess.Popen:
        command = [sys.executable, "-m", "embedded.keeper", self._server, self._home, sockets, "--start", str(self._start)]
        with (self._home / "logs" / f"{self._server}.log").open("ab") as log:
            return subprocess.Popen(
                command + ["--throwaway"] * throwaway,
                # From here and with a bare environment: the package config would load Celery, and a
                # server must not inherit what its first user happens to have set.
                cwd=Path(__file__).parent.parent,
                env={"PATH": os.defpath, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=[self._start],
                start_new_session=True,  # Ctrl-C is for the user, who then leaves
                text=True,
            )

    def wait(self) -> None:
        """Return when the server answers; raises EmbeddedError with the way out."""
        try:
            answer = self._keeper.communicate()[0].strip() if self._keeper else "ready"
        finally:
            os.close(self._start)
        if answer != "ready":
            self.leave()
            raise EmbeddedError(answer or f"{self._server} did not start: see {self._home / 'logs'}.")

    def leave(self) -> None:
        os.close(self._users)

    def wait_until_stopped(self) -> None:
        """Return when the server has stopped, or soon when others still use it."""
        for _ in range(10):
            if locks.is_free(self._path("keeper")):
                return
            if not locks.is_free(self._path("users"), fcntl.LOCK_SH):
                os.close(locks.acquire(self._path("users"), fcntl.LOCK_SH))  # had when the keeper is done
                return
            time.sleep(0.1)

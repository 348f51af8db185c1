"""`make run`: servers, tables, static files, demo, then web, worker and beat until Ctrl-C."""

import argparse
import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from config import embedded, supervision
from config.embedded import locks, places
from config.prepare import NotPrepared, prepare

STOPPING = "stopping"


class CannotRun(Exception):
    """The stack cannot run; the message says why and what to do."""


def main() -> None:
    arguments = _arguments()
    var = embedded.var().resolve()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        with only_one(var) as lock:
            run(var, lock, parent=os.getppid() if arguments.with_parent else None)
    except (CannotRun, NotPrepared, embedded.EmbeddedError) as error:
        sys.exit(str(error))


def run(var: Path, lock, *, parent: int | None) -> None:
    if supervision.end_leftovers(var):
        say("Ended what a killed run had left")
    say("Starting the servers")
    servers = embedded.hold(var)
    supervisor = None
    try:
        environment = _environment(var)
        environment["DEMO"] = str(int(prepare(demo=environment["DEMO"] == "1", say=say)))
        say("Starting web, worker and beat")
        supervisor = supervision.start(var, environment)
        port = int(environment["PORT"])
        _wait_for_answer(port, supervisor, var)
        _write(lock, f"http://localhost:{port}/")
        say(f"Laurel answers at http://localhost:{port}/ (logs in {var / 'logs'}; Ctrl-C stops it)")
        _watch(supervisor, parent)
    finally:
        # From here nothing may stop the stopping.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _write(lock, STOPPING)
        say("Stopping")
        if supervisor:
            supervision.stop(supervisor, var)
        servers.release()


@contextlib.contextmanager
def only_one(var: Path):
    """The lock of this folder's stack; refuses a second one, waits for one that is just stopping."""
    places.make_open(var)
    with open(_stack_lock(var / "stack.lock"), "r+") as lock:
        _write(lock, "")
        yield lock


def _stack_lock(path: Path) -> int:
    for _ in range(10):  # one whose terminal was just closed needs a moment to notice
        descriptor = locks.acquire(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if descriptor is not None:
            return descriptor
        found = path.read_text()
        if found == STOPPING:
            say("Waiting for the run before this one to stop")
            return locks.acquire(path, fcntl.LOCK_EX)
        time.sleep(0.1)
    raise CannotRun(f"Laurel already runs in this folder{found and f': {found}'}. Stop it there with Ctrl-C first.")


def free_port(wanted: int) -> int:
    """The first port from the wanted one on that nobody listens on."""
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            if port != wanted:
                say(f"Port {wanted} is taken: using {port}")
            return port
    raise CannotRun(f"No free port from {wanted} on: choose another with PORT=.")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _environment(var: Path) -> dict[str, str]:
    """The environment of the processes; read before Django is loaded, which adds to it."""
    port = free_port(int(os.environ.get("PORT") or 8000))
    # A demo signs anybody in: on a database of one's own only when asked for.
    demo = os.environ.get("DEMO") or ("1" if "DATABASE_URL" in embedded.needed(var) else "0")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "LAUREL_VAR": str(var), "DEMO": demo, "PORT": str(port)}
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_empty(var / "metrics"))
    return dict(os.environ)


def _empty(folder: Path) -> Path:
    """For figures of this run alone; each process writes a file of its own."""
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()
    return folder


def _wait_for_answer(port: int, supervisor: subprocess.Popen, var: Path, seconds: int = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and supervisor.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise CannotRun(f"The web process does not answer: see {var / 'logs'}.")


def _watch(supervisor: subprocess.Popen, parent: int | None) -> None:
    while supervisor.poll() is None:
        time.sleep(0.2)
        if parent and os.getppid() != parent:
            return
    raise CannotRun("The supervisor has ended: starting again with `make run` is safe.")


def _write(lock, text: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(text)
    lock.flush()


def _stop(*_) -> None:
    sys.exit(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started this one ends")
    return parser.parse_args()


if __name__ == "__main__":
    main()

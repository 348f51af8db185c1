"""What the trial of the outbox needs around it: servers of its own, workers to kill, and a mail server with moods."""

import asyncio
import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import redis
from aiosmtpd.controller import Controller

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 120
MESSAGE_ID = re.compile(rb"^Message-ID: <([0-9a-f]{32})@", re.MULTILINE)


def wait_until(condition, patience=PATIENCE):
    """Whether it came to that."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


# Workers --------------------------------------------------------------------------------------


class Worker:
    """A worker of Celery with its children, in a session of its own."""

    def __init__(self, environment, *, concurrency=2, log=subprocess.DEVNULL):
        self.environment, self.concurrency, self.log = environment, concurrency, log
        self.start()

    def start(self):
        command = [sys.executable, "-m", "bench.outbox_worker", "worker", "--concurrency", str(self.concurrency)]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
            cwd=PROJECT,
            env=os.environ | self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self):
        """SIGKILL for the worker and its children at the same moment."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


# The mail server ------------------------------------------------------------------------------


class Moody:
    """Takes mails, most of the time. `taken` counts each mail by the key in its Message-ID, however its line ended."""

    MOODS = {
        "fine": 90.0,
        "try later": 3.0,
        "no such mailbox": 1.0,
        "hangs at the recipient": 0.2,
        "drops the line at the recipient": 2.0,
        "takes it and drops the line": 1.8,
        "takes it and hangs": 0.2,
        "drops the line after DATA": 1.8,
    }

    def __init__(self, seed=1, silence=3.0):
        self.random, self.silence = random.Random(seed), silence  # noqa: S311
        self.taken, self.moods = Counter(), Counter()
        self.lock = threading.Lock()
        self.is_moody = True

    def _mood(self):
        with self.lock:
            mood = self.random.choices(list(self.MOODS), list(self.MOODS.values()))[0] if self.is_moody else "fine"
            self.moods[mood] += 1
            return mood

    async def handle_RCPT(self, server, session, envelope, address, options):
        session.mood = mood = self._mood()
        if mood == "try later":
            return "451 4.3.2 try later"
        if mood == "no such mailbox":
            return "550 5.1.1 no such mailbox"
        if mood == "hangs at the recipient":
            await asyncio.sleep(self.silence)
        if mood == "drops the line at the recipient":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        mood = session.mood
        if mood != "drops the line after DATA":
            key = MESSAGE_ID.search(envelope.content).group(1).decode()
            with self.lock:
                self.taken[key] += 1
        if mood == "takes it and hangs":
            await asyncio.sleep(self.silence)
        if mood in ("takes it and drops the line", "drops the line after DATA"):
            server.transport.abort()
        return "250 taken"


@contextlib.contextmanager
def mail_server(handler):
    """Yields the URL; the server runs in a thread of this process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


# Servers of its own ---------------------------------------------------------------------------


class OwnServers:
    """The embedded servers of a folder of its own; their keepers start again what is killed here."""

    can_restart_database = True

    def __init__(self, var):
        from config.embedded import places  # noqa: PLC0415
        from config.embedded.postgres import Postgres  # noqa: PLC0415
        from config.embedded.valkey import Valkey  # noqa: PLC0415

        where = {"home": places.home(var), "sockets": places.sockets(var), "throwaway": False}
        self.postgres, self.valkey = Postgres(**where), Valkey(**where)

    def restart_database(self):
        self.postgres.find().send_signal(signal.SIGINT)

    def empty_broker(self, silence):
        """Nothing is left in it; before that it says nothing for so many seconds."""
        client = redis.Redis(unix_socket_path=self.valkey.mark())
        client.config_set("save", "")
        client.flushall()
        process = self.valkey.find()
        process.suspend()
        time.sleep(silence)
        process.kill()
        for rest in self.valkey.working_folder().glob("*.rdb"):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                rest.unlink()

"""A real Celery worker on the test database, and a mail server that answers when it is told to."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@contextmanager
def worker(**environment):
    """A worker process that is ended at the end of the block, if it still runs."""
    database = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "solo", "--without-gossip", "--without-mingle"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": database, "EMAIL_URL": ""} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


class MailServer(Thread):
    """Speaks just enough SMTP to take a mail; after the mail it answers once `may_answer` is set."""

    ANSWERS = {"DATA": "354 go on", "QUIT": "221 bye"}

    def __init__(self):
        super().__init__(daemon=True)
        self.mails, self.has_mail, self.may_answer = [], Event(), Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.socket.getsockname()[1]}"

    def run(self):
        while True:
            try:
                self._serve(self.socket.accept()[0])
            except OSError:
                if self.socket.fileno() < 0:
                    return

    def stop(self):
        self.may_answer.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.join(PATIENCE)

    def _serve(self, client):
        with client, client.makefile("rw", newline="\r\n", encoding="utf-8") as line:
            self._say(line, "220 ready")
            for command in iter(line.readline, ""):
                word = command[:4].strip().upper()
                self._say(line, self.ANSWERS.get(word, "250 fine"))
                if word == "DATA":
                    self.mails.append("".join(iter(line.readline, ".\r\n")))
                    self.has_mail.set()
                    self.may_answer.wait(PATIENCE)
                    self._say(line, "250 taken")

    def _say(self, line, words):
        line.write(f"{words}\r\n")
        line.flush()

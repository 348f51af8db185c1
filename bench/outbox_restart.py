"""The default run, and how soon its worker is back after SIGKILL."""

import os
import signal
import subprocess
import sys
import time

import psutil

from bench.outbox_trial import address, write
from bench.outbox_world import PROJECT, wait_until
from outbox.models import Message

KILLS = 3


def restarts():
    """Seconds from SIGKILL until a mail written right after it has gone out, for each kill."""
    run = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "config.stack"],
        cwd=PROJECT,
        env=os.environ | {"DEMO": "0", "EMAIL_URL": "", "PORT": "8411"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        Message.objects.all().delete()
        _seconds_to_send(0)
        return [_after_a_kill(number) for number in range(1, KILLS + 1)]
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(60)


def _after_a_kill(number):
    worker = _worker()
    family = [worker, *worker.children(recursive=True)]
    start = time.monotonic()
    for process in family:
        process.kill()
    _seconds_to_send(number)
    return time.monotonic() - start


def _seconds_to_send(number):
    write(number, 1, keep=True)
    if not wait_until(lambda: Message.objects.filter(recipient=address(number), state="sent").exists()):
        raise RuntimeError("The worker did not come back.")


def _worker():
    for process in psutil.process_iter(["cmdline", "environ"]):
        words = process.info["cmdline"] or []
        if (
            "celery" in words
            and "worker" in words
            and (process.info["environ"] or {}).get("LAUREL_STACK") == os.environ["LAUREL_VAR"]
        ):
            parent = process.parent()
            if parent is None or "celery" not in parent.cmdline():
                return process
    raise RuntimeError("No worker runs.")

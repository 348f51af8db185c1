"""How fast mails leave, and how long a request takes to write one."""

import contextlib
import os
import socket
import subprocess
import sys
import time

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bench.measure import percentile
from bench.outbox_trial import KIND, write
from bench.outbox_world import PROJECT, Worker, wait_until
from outbox import tasks
from outbox.models import Message

WRITTEN = 200


def throughput(*, messages, processes):
    """Mails a second to a local mail server, taken on by sweeps, and by one task each."""
    with sink() as url:
        worker = Worker({"EMAIL_URL": url}, concurrency=processes)
        try:
            sweeps = _seconds(messages, lambda rows: tasks.deliver_due.delay())
            each = _seconds(messages, lambda rows: [tasks.deliver_message.delay(pk) for pk in rows])
        finally:
            worker.kill()
    return {"by sweeps": messages / sweeps, "by a task each": messages / each}


def _seconds(messages, begin):
    _fill(processes_warm := 8, timezone.now())
    for _number in range(processes_warm):
        tasks.deliver_due.delay()
    _wait_until_sent()
    _fill(messages, timezone.now())
    rows = list(Message.objects.values_list("pk", flat=True))
    start = time.monotonic()
    begin(rows)
    _wait_until_sent()
    return time.monotonic() - start


def _fill(count, not_before):
    Message.objects.all().delete()
    Message.objects.bulk_create(
        Message(
            key=f"speed-{number}",
            kind=KIND,
            recipient=f"reader{number}@laurel.example",
            subject=f"Speed {number}",
            text="A few words. " * 100,
            html="<p>A few words, with some marks around them.</p>" * 50,
            not_before=not_before,
        )
        for number in range(count)
    )


def _wait_until_sent():
    if not wait_until(lambda: not Message.objects.exclude(state="sent").exists()):
        raise RuntimeError("The mails did not leave.")


def writing(*, is_silent):
    """Milliseconds, half and 95 of 100, that a request takes for the mail it writes."""
    Message.objects.all().delete()
    with silence() if is_silent else sink() as url:
        worker = Worker({"EMAIL_URL": url}, concurrency=2)
        try:
            time.sleep(5)
            ContentType.objects.first()
            times = [_one(number) for number in range(WRITTEN)]
        finally:
            worker.kill()
    return {"p50": percentile(times, 50), "p95": percentile(times, 95)}


def _one(number):
    start = time.perf_counter()
    write(number, 1, keep=True)
    return 1000 * (time.perf_counter() - start)


@contextlib.contextmanager
def sink():
    """A mail server that takes everything, in a process of its own."""
    port = _free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=PROJECT, env=os.environ)  # noqa: S603
    try:
        wait_until(lambda: _answers(port))
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def silence():
    """A mail server that takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False

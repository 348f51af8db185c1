"""The outbox under faults: workers killed, the broker emptied, the database restarted, a mail server with moods.

The benchmark gives it servers of its own, the test those of the tests.
"""

import contextlib
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from bench.outbox_world import Moody, Worker, mail_server, wait_until
from outbox import delivery, emails, tasks
from outbox.handover import digest
from outbox.models import Message

KIND = "mails_link"


def trial(*, servers, messages, kills, broker_faults, database_restarts, environment, without_claim=False, seed=1):
    """Write so many mails, break things at random moments meanwhile, and count what came of it."""
    chance, server = random.Random(seed), Moody(seed)  # noqa: S311
    rounds = kills + 1
    faults = [servers.restart_database] * database_restarts + [lambda: servers.empty_broker(chance.uniform(0, 3))] * broker_faults
    planned = dict(zip(chance.sample(range(kills), len(faults)), faults, strict=True))
    with mail_server(server) as url:
        environment = environment | {"EMAIL_URL": url, "EMAIL_TIMEOUT": "2", "TRIAL_WITHOUT_CLAIM": "1" if without_claim else ""}
        workers, hands = [Worker(environment) for _number in range(2)], ThreadPoolExecutor(1)
        is_over = threading.Event()
        clock = threading.Thread(target=tick, args=[is_over])
        clock.start()
        began = time.monotonic()
        try:
            written = 0
            for number in range(rounds):
                batch = messages // rounds + (messages % rounds if number == rounds - 1 else 0)
                enough = server.taken.total() + chance.randint(1, max(batch - 10, 1))
                writing = hands.submit(write, written, batch)
                written += batch
                if number < kills:
                    wait_until(lambda enough=enough, writing=writing: server.taken.total() >= enough or is_broken(writing), 60)
                    if fault := planned.get(number):
                        fault()
                    worker = workers[number % len(workers)]
                    worker.kill()
                    worker.start()
                writing.result()
            server.is_moody = without_claim  # what is left is taken
            wait_until(lambda: patiently(lambda: not waiting().exists()), 180)
        finally:
            is_over.set()
            clock.join()
            hands.shutdown()
            for worker in workers:
                worker.kill()
    patiently(give_up)
    return verdict(server, messages) | {
        "kills": kills,
        "broker emptied": broker_faults,
        "database restarted": database_restarts,
        "seconds": round(time.monotonic() - began, 1),
        "moods": dict(server.moods),
        "rows": Message.objects.count(),
    }


def address(number):
    return f"reader{number}@laurel.example"


def is_broken(writing):
    return writing.done() and writing.exception()


def waiting():
    return Message.objects.filter(state="queued")


def write(first, count, *, keep=False):
    """As a request does it: the mail in a transaction, the task after it; a request that fails is sent again."""

    def one(number):
        with transaction.atomic():
            emails.new_link(address(number), now=timezone.now())

    for number in range(first, first + count):
        patiently(lambda number=number: one(number))
    if not keep:  # a thread's own
        connection.close()


def tick(is_over):
    """What beat does: a sweep now and then. And time: what waits for its next attempt waits no longer."""
    while not is_over.wait(1):
        patiently(lambda: waiting().filter(not_before__gt=timezone.now()).update(not_before=timezone.now()))
        # Without a broker there is no sweep; the next one makes up for it.
        with contextlib.suppress(Exception):
            tasks.deliver_due.apply_async(expires=5)
    connection.close()


def give_up():
    delivery.give_up_waiting(now=timezone.now() + delivery.LOST_AFTER + timedelta(seconds=1))


def patiently(work):
    """Over a restart of the database."""
    end = time.monotonic() + 60
    while True:
        try:
            return work()
        except (InterfaceError, OperationalError):
            if time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.1)


def verdict(server, messages):
    """Each mail's row against what the mail server really took."""
    rows = {digest(message): message for message in Message.objects.filter(kind=KIND)}
    states = Counter(message.state for message in rows.values())
    arrived = {key for key, times in server.taken.items() if times}
    return {
        "messages": messages,
        "states": dict(states),
        "twice": sum(times > 1 for times in server.taken.values()),
        "without a row": messages - len(rows),
        "sent and never taken": sum(message.state == "sent" and key not in arrived for key, message in rows.items()),
        "failed and yet taken": sum(message.state == "failed" and key in arrived for key, message in rows.items()),
        "neither ended nor in doubt": sum(states[state] for state in ("queued", "in_flight", "held")),
        "unknown": states["unknown"],
        "unknown, and arrived": sum(message.state == "unknown" and key in arrived for key, message in rows.items()),
    }

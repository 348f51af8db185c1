"""Run the same thing many times at once, each time on a database connection of its own.

Needs committed rows: mark such tests `@pytest.mark.django_db(transaction=True)`.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError, Semaphore

from django.conf import settings
from django.db import connection

SPARE_CONNECTIONS = 30
PATIENCE = 60


def simultaneously(takers, take, processes=()):
    """Outcomes of `take(number)` by so many threads at once: what it returned, or the exception.

    `processes` come from `start_taker`: they wait at the same line and start with the first thread.
    """
    places = min(takers, free_connections())
    line, connections = Barrier(places, action=lambda: [send_off(process) for process in processes]), Semaphore(places)

    def one(number):
        with connections:
            try:
                connection.ensure_connection()
                if number < places:
                    line.wait(PATIENCE)
                return take(number)
            except Exception as error:  # the exception is the outcome
                return error
            finally:
                connection.close()

    with ThreadPoolExecutor(takers) as threads:
        outcomes = list(threads.map(one, range(takers)))
    return outcomes + [outcome_of(process) for process in processes]


def two_connections(take):
    """The sorted names of what two simultaneous callers of `take` got: a class of result or of exception."""
    return sorted(type(outcome).__name__ for outcome in simultaneously(2, lambda number: take()))


def free_connections():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity")
        return cursor.fetchone()[0] - SPARE_CONNECTIONS


def meet(barrier):
    """Wait for the other, but not for ever: behind a lock the other cannot come."""
    try:
        barrier.wait(1)
    except BrokenBarrierError:
        return False
    return True


def start_taker(code):
    """A process of its own that has the code in hand and waits for the word; it sees the test database."""
    program = f"import django; django.setup()\nprint('ready', flush=True)\ninput()\n{code}"
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url_of_test_database(), "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdout.readline() != "ready\n":
        raise RuntimeError("The taker did not start.")
    return process


def send_off(process):
    process.stdin.write("go\n")
    process.stdin.flush()


def outcome_of(process):
    """The last line the process printed."""
    printed, _nothing = process.communicate(timeout=PATIENCE)
    return printed.strip().splitlines()[-1]


def url_of_test_database():
    url, question_mark, options = os.environ["DATABASE_URL"].partition("?")
    server, _slash, _name = url.rpartition("/")
    return f"{server}/{connection.settings_dict['NAME']}{question_mark}{options}"

"""What the logs say: which request and which task, and nothing about a person."""

import json
import logging
import time
from contextlib import contextmanager
from io import StringIO

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from advocacy.links import TOKEN_BYTES
from advocacy.models import User
from config.logs import mask
from outbox.clocks import Chore, run
from outbox.tasks import run_rule

TOKEN = "Aa0-_" * 8 + "xyz"  # as long as secrets.token_urlsafe(TOKEN_BYTES)


@pytest.fixture
def written():
    """What goes to standard error."""
    with standard_error() as stream:
        yield stream


@contextmanager
def standard_error():
    (handler,) = [handler for handler in logging.getLogger().handlers if handler.get_name() == "standard_error"]
    stream = StringIO()
    root = logging.getLogger()
    before, level = handler.setStream(stream), root.level
    root.setLevel(logging.INFO)
    yield stream
    handler.setStream(before)
    root.setLevel(level)


def lines_of(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_id_and_without_what_was_searched_for(client, db, written):
    client.get("/programs/?q=jane")

    (line,) = lines_of(written)
    assert (line["event"], line["request"], line["code"]) == ("request_finished", "GET /programs/", 200)
    assert {"request_id", "ms", "timestamp", "level"} <= line.keys()
    assert not {"ip", "user_id"} & line.keys()


def test_no_token_is_logged(client, db, written):
    assert len(TOKEN) == -(-TOKEN_BYTES * 4 // 3)
    for name in ("guest-invitation", "award", "nominee-reply", "section"):
        client.get(reverse(name, args=[TOKEN]))
        assert TOKEN not in written.getvalue()
        assert reverse(name, args=[TOKEN]).replace(TOKEN, "…") in lines_of(written)[-1]["request"]


def test_no_address_is_logged_whoever_says_it(db, written):
    address = "jane@customer.example"
    User.objects.create_user(address, name="Somebody")
    logging.getLogger("smtp").warning("Refused: %s", {address: (550, b"unknown")})
    try:
        User.objects.create_user(address, name="Somebody")
    except IntegrityError:
        logging.getLogger("django.request").exception("Two of one address")

    refused, twice = lines_of(written)
    assert "550" in refused["event"]
    assert "IntegrityError" in twice["exception"]
    assert not any(word in written.getvalue() for word in ("jane", "customer.example"))


def test_a_rule_that_fails_is_logged_with_its_kind_and_place_and_without_its_words(db, written):
    name = "Jane Roe <jane@customer.example>"

    def look(now):
        try:
            {}[name]
        except KeyError as error:
            raise ValueError(f"{name} has no CSM") from error

    run(Chore("fails", "Fails", run=look), timezone.now())

    (line,) = lines_of(written)
    assert (line["event"], line["level"]) == ("The rule fails stopped.", "error")
    for told in ("ValueError", "KeyError", "in look", "test_logs.py"):
        assert told in line["exception"]
    assert not any(word in written.getvalue() for word in ("Jane", "Roe", "jane", "customer.example"))


def test_a_path_of_any_length_is_read_in_no_time():
    began = time.monotonic()

    assert mask("GET /" + "x" * 30_000) == "GET /…"

    assert time.monotonic() - began < 1


@pytest.mark.django_db(transaction=True)
def test_what_a_task_says_names_the_task():
    with (
        start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30),
        standard_error() as written,  # a worker sets the logging up anew
    ):
        task, done = run_rule.delay({"no": "code"}), run_rule.delay("jane@customer.example")
        run_rule.apply_async(["late"], expires=-1)
        wait_for(lambda: written.getvalue().count("task_done") == 2 and "task_revoked" in written.getvalue())

    # More than one where another test has started a worker in this process.
    assert {line["task_id"] for line in lines_of(written) if "TypeError" in line.get("exception", "")} == {task.id}
    told = {line["task_id"]: line for line in lines_of(written) if line["event"] == "task_done"}
    assert [(told[one.id]["task"], told[one.id]["state"]) for one in (task, done)] == [
        ("outbox.tasks.run_rule", "FAILURE"),
        ("outbox.tasks.run_rule", "SUCCESS"),
    ]
    assert told[done.id]["seconds"] < 30
    assert {line["level"] for line in lines_of(written) if "revoked" in line["event"]} == {"info"}
    assert "jane" not in written.getvalue()


def test_ticks_outlive_the_first_one_which_occupies_all_workers(settings):
    """Else each start of a worker warns of tasks that nobody revoked."""
    assert all(tick["options"]["expires"] >= 60 for tick in settings.CELERY_BEAT_SCHEDULE.values())


def wait_for(happened):
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_full_disk_stops_nobody(capsys):
    """`logging` says so where it can, and the code that logged goes on."""
    stream = open("/dev/full", "w")  # noqa: SIM115 - as a log on a disk without room
    handler = logging.StreamHandler(stream)
    logger = logging.Logger("full")
    logger.addHandler(handler)

    logger.warning("The mail was sent.")

    with pytest.raises(OSError, match="No space"):
        stream.close()

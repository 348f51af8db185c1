"""What the logs say: which request and which task, and nothing about a person."""

import json
import logging
import time

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from django.db import IntegrityError
from django.urls import reverse

from advocacy.links import TOKEN_BYTES
from advocacy.models import User
from config import logs
from outbox.tasks import run_rule

TOKEN = "Aa0-_" * 8 + "xyz"  # as long as secrets.token_urlsafe(TOKEN_BYTES)


@pytest.fixture
def lines():
    """What is logged during a test, as a file would hold it."""
    lines = []
    handler = logging.Handler()
    handler.setFormatter(logs.format_line(json=True))
    handler.emit = lambda record: lines.append(handler.format(record))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_with_its_id_and_without_what_was_searched_for(client, db, lines):
    client.get("/programs/?q=jane")

    (line,) = [json.loads(line) for line in lines]
    assert (line["event"], line["request"], line["code"]) == ("request_finished", "GET /programs/", 200)
    assert {"request_id", "ms", "timestamp", "level"} <= line.keys()
    assert not {"ip", "user_id"} & line.keys()


def test_no_token_is_logged(client, db, lines):
    assert len(TOKEN) == -(-TOKEN_BYTES * 4 // 3)
    for name in ("guest-invitation", "award", "nominee-reply", "section"):
        client.get(reverse(name, args=[TOKEN]))
        assert TOKEN not in lines[-1]
        assert reverse(name, args=[TOKEN]).replace(TOKEN, "…") in json.loads(lines[-1])["request"]


def test_no_address_is_logged_whoever_says_it(db, lines):
    address = "jane@customer.example"
    User.objects.create_user(address, name="Somebody")
    logging.getLogger("smtp").warning("Refused: %s", {address: (550, b"unknown")})
    try:
        User.objects.create_user(address, name="Somebody")
    except IntegrityError:
        logging.getLogger("django.request").exception("Two of one address")

    assert len(lines) == 2
    assert "IntegrityError" in lines[1]
    assert not any(word in line for line in lines for word in ("jane", "customer.example"))


@pytest.mark.django_db(transaction=True)
def test_what_a_task_says_names_the_task(capfd):
    said = []
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        task = run_rule.delay({"no": "code"})
        wait_for(lambda: said.extend(capfd.readouterr().err.splitlines()) or any("TypeError" in line for line in said))

    (line,) = [json.loads(line) for line in said if "TypeError" in line]
    assert line["task_id"] == task.id


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

import pytest

from config.celery import app
from outbox.kinds import Group, Kind, register

# The kinds that tests write; `note` is nobody's business but its reader's.
NOTES = Group("notes", "Notes")
register(Kind("note", "A note", NOTES), Kind("letter", "A letter", NOTES), Kind("must", "A notice", NOTES, must=True))
register(Kind("reminder", "A reminder", NOTES, can_wait=True))
register(Kind("other_reminder", "Another reminder", Group("other notes", "Other notes"), can_wait=True))


@pytest.fixture
def broker_away():
    """No broker answers where tasks are queued."""
    before = app.conf.broker_url
    _queue_at("redis://127.0.0.1:1/0")
    yield
    _queue_at(before)


def _queue_at(url):
    app.conf.broker_url = url
    app._pool = app.amqp._producer_pool = None

import pytest

from config.celery import app


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

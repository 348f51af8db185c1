"""`/healthz` for the process, `/readyz` for what it needs."""

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker


@pytest.mark.django_db
def test_a_living_process_says_so_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_ready_means_database_broker_and_a_worker_that_takes_from_a_queue(client):
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        answer = client.get("/readyz")
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "ok"}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "failing"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_a_broker_it_says_which_part_and_no_address(client, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis+socket:///nowhere/secret.sock")
    answer = client.get("/readyz")
    assert answer.json() == {"database": "ok", "broker": "failing", "worker": "failing"}
    assert "secret" not in answer.content.decode()


def test_without_a_database_it_is_not_ready(client):
    """No `django_db` mark: pytest-django refuses every connection, as a stopped server would."""
    assert client.get("/readyz").json()["database"] == "failing"

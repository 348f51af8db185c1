"""`/healthz` for the process, `/readyz` for what it needs, `/metrics` for Prometheus."""

import time
from datetime import timedelta

import pytest
from celery import current_app
from celery.contrib.testing.worker import start_worker
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone

from outbox.models import Occurrence, RuleRun
from outbox.tasks import run_rule
from portal.monitors import CONSUMED_AT
from tests import factories


@pytest.mark.django_db
def test_a_living_process_says_so_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_ready_means_database_broker_and_a_worker_that_has_lately_consumed_something(client):
    with start_worker(current_app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
        assert client.get("/readyz").content == b"database: ok\nbroker: ok\nworker: failing\n"
        run_rule.delay("no-such-rule")
        wait_for(lambda: cache.get(CONSUMED_AT))
    answer = client.get("/readyz")
    assert answer.content == b"database: ok\nbroker: ok\nworker: ok\n"
    assert answer.status_code == 200


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"worker: failing" in answer.content
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_without_a_broker_it_says_which_part_and_no_address(client, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis+socket:///nowhere/secret.sock")
    answer = client.get("/readyz")
    assert answer.content == b"database: ok\nbroker: failing\nworker: failing\n"


def test_without_a_database_it_is_not_ready(client):
    """No `django_db` mark: pytest-django refuses every connection, as a stopped server would."""
    assert b"database: failing" in client.get("/readyz").content


@pytest.mark.django_db
def test_metrics_tell_the_bearer_of_the_token_alone(client, settings):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "a-token"
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404

    now = timezone.now()
    factories.make_message(state="unknown")
    factories.make_message(state="queued", not_before=now - timedelta(minutes=3))
    factories.make_message(state="queued", not_before=now - timedelta(minutes=5), is_gathered=True)
    RuleRun.objects.create(rule="judging", started_at=now, found=7)
    user = factories.make_user("csm")
    kind, about = ContentType.objects.get_for_model(user), {"object_id": user.pk, "due_at": now, "mark": "once"}
    spoken = Occurrence.objects.create(rule="judging", content_type=kind, state="written", **about)
    factories.make_message(occurrence=spoken, state="merged", merged_into=factories.make_message(state="sent"))
    client.force_login(factories.make_user("sales"))
    client.get("/advocates/")
    text = client.get("/metrics", headers={"Authorization": "Bearer a-token"}).content.decode()

    assert 'laurel_outbox_messages{state="unknown"} 1.0' in text
    assert 300 <= float(value_of("laurel_outbox_queue_age_seconds", text)) < 360
    assert value_of('laurel_rule_found{rule="judging"}', text) == "7.0"
    assert value_of('laurel_reminders_total{rule="judging",state="written"}', text) == "1.0"
    assert value_of('laurel_reminder_mails{rule="judging",state="sent"}', text) == "1.0"
    assert float(value_of("laurel_search_seconds_count", text)) >= 1


def value_of(name, text):
    return next(line.removeprefix(f"{name} ") for line in text.splitlines() if line.startswith(f"{name} "))


def wait_for(happened):
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)

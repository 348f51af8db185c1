"""The trial of `make bench BENCH=outbox` in short: workers killed, the broker emptied, a mail server with moods."""

import os

import pytest
import redis
from django.conf import settings

from bench.outbox_trial import trial
from tests.races import url_of_test_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class ServersOfTheTests:
    """Others use them too: only our own part of the broker is emptied, and the database stays."""

    def restart_database(self):
        raise NotImplementedError

    def empty_broker(self, silence):
        redis.Redis.from_url(settings.REDIS_URL).flushdb()


def short_trial(**options):
    environment = {"DATABASE_URL": url_of_test_database(), "REDIS_URL": os.environ["REDIS_URL"], "LOG_LEVEL": "ERROR"}
    return trial(servers=ServersOfTheTests(), database_restarts=0, environment=environment, **options)


def test_under_faults_no_mail_is_taken_twice_and_none_is_lost():
    found = short_trial(messages=150, kills=3, broker_faults=1)

    assert found["twice"] == found["without a row"] == 0
    assert found["sent and never taken"] == found["failed and yet taken"] == found["neither ended nor in doubt"] == 0
    assert sum(found["states"].values()) == 150
    assert found["moods"].keys() > {"fine"}


def test_without_the_claim_the_same_trial_sees_mails_taken_twice():
    found = short_trial(messages=100, kills=1, broker_faults=0, without_claim=True)

    assert found["twice"] > 0

"""What the clocks cost when nothing is due: one query a rule at most, however much waits for another day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.models import Recognition
from outbox import clocks
from references.models import ReferenceRequest
from references.services import approve_candidate, open_request
from tests.factories import (
    NOW,
    activity,
    make_account,
    make_nomination,
    make_opportunity,
    make_program,
    make_reference,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
APPS = ("advocacy", "references", "portal")
# Work of the night and of the hour, which is no look at what is due.
WORK = {"suggestions", "person_matches", "tiers", "gaps", "freshness_shares", "job_files"}


def of_our_apps():
    rules = [rule for rule in clocks.all_rules() if rule.code not in WORK]
    return [rule for rule in rules if _module(rule).split(".")[0] in APPS]


def _module(rule):
    does = rule.find if rule.is_reminder else rule.run
    return getattr(does, "__module__", None) or getattr(does, "func", does).__module__


@pytest.fixture
def waiting_world():
    """Three of each that wait for another day."""
    seller, team = make_user("sales"), make_user("advocacy_team")
    for _number in range(3):
        csm = make_user("csm")
        account = make_account(csm=csm, metrics_as_of=NOW.date())
        advocates = [make_reference(account=account, now=NOW) for _ in range(2)]
        for advocate in advocates:
            request = open_request(
                requester=seller, advocate=advocate, activity_type=activity(), opportunity=make_opportunity(),
                wants_to_hear="x", needed_by=(NOW + 20 * DAY).date(), now=NOW,
            )  # fmt: skip
        approve_candidate(candidate=request.candidates.get(), by=csm, now=NOW)
        Recognition.objects.create(advocate=advocate, kind="swag", what="Mug", status="promised", due_on=NOW.date() + 9 * DAY)
        make_nomination(make_program(now=NOW), status="draft", nominator=csm, account=account, created_at=NOW)
    assert ReferenceRequest.objects.count() == 6
    return team


def test_a_quiet_tick_costs_one_query_a_rule(waiting_world):
    rules = of_our_apps()
    assert len(rules) > 25
    moments = (NOW + timedelta(minutes=5), NOW + timedelta(minutes=10))
    for rule in rules:  # what was due before the world began is told now
        clocks.run(rule, moments[0])

    costs = {rule.code: cost(rule, moments[1]) for rule in rules}

    assert {code: number for code, number in costs.items() if number > 1} == {}


def cost(rule, now):
    with CaptureQueriesContext(connection) as queries:
        if rule.is_reminder:
            assert list(rule.find(now)) == []
        else:
            assert not rule.run(now)
    return len([query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

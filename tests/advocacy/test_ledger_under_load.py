"""The ledger when the database says no: deadlocks, serialization failures, and many takers in threads and processes."""

import json
from collections import Counter
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from advocacy import contention
from advocacy.admin.advocates import AdvocateAdmin
from advocacy.exceptions import LedgerBusy
from advocacy.models import Account, ActivityType, Advocate, Ask
from advocacy.services import ledger, reserve_ask
from portal.middleware import SayBusy
from tests.factories import activity, make_account, make_reference, make_user
from tests.races import simultaneously, start_taker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def take(advocate, activity_type=None):
    return reserve_ask(
        advocate=advocate, activity_type=activity_type or activity(), asked_by=None, source="campaign", now=timezone.now()
    )


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
"""


def wait_until_somebody_waits():
    for _look in range(3_000):
        # What a transaction once saw of the others it sees for ever, unless told otherwise.
        sql("SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)")
        if sql(WAITING)[0]:
            return
    raise TimeoutError("Nobody came to wait.")


def deadlock(advocate, taker):
    """What `taker` gets when somebody else holds the advocate and then wants the account: two locks, the wrong way round."""
    advocate_is_held = Event()

    def other():
        with transaction.atomic():
            sql("SET LOCAL deadlock_timeout = '1min'")  # so that the taker is the one who is refused
            Advocate.objects.select_for_update().get(pk=advocate.pk)
            advocate_is_held.set()
            wait_until_somebody_waits()
            Account.objects.select_for_update().get(pk=advocate.account_id)

    def one(number):
        if number:
            return other()
        sql("SET deadlock_timeout = '300ms'")
        advocate_is_held.wait(30)
        return taker()

    return simultaneously(2, one)[0]


def count_tries(monkeypatch, before=lambda attempt: None):
    tries, lock = [], ledger.lock_takers

    def counted(advocate, now):
        tries.append(advocate)
        before(len(tries))
        return lock(advocate, now)

    monkeypatch.setattr(ledger, "lock_takers", counted)
    return tries


def test_a_deadlock_is_tried_again_and_the_place_is_taken(monkeypatch):
    advocate, tries = make_reference(), count_tries(monkeypatch)

    outcome = deadlock(advocate, lambda: take(advocate))

    assert isinstance(outcome, Ask), outcome
    assert len(tries) > 1


def test_a_deadlock_inside_a_longer_transaction_is_tried_again_too(monkeypatch):
    advocate, tries = make_reference(), count_tries(monkeypatch)

    outcome = deadlock(advocate, transaction.atomic(lambda: take(advocate)))

    assert isinstance(outcome, Ask), outcome
    assert len(tries) > 1


def test_without_the_second_try_a_deadlock_is_reported_as_taken(monkeypatch):
    monkeypatch.setattr(ledger, "TRIES", 1)
    advocate = make_reference()

    outcome = deadlock(advocate, lambda: take(advocate))

    assert isinstance(outcome, LedgerBusy), outcome
    assert not Ask.objects.exists()


def change_the_account(advocate, attempts):
    """Somebody else changes the account between the look of the first tries and their lock."""

    def before(attempt):
        if attempt <= attempts:
            Account.objects.count()  # a snapshot is taken with the first look
            simultaneously(1, lambda number: Account.objects.filter(pk=advocate.account_id).update(name=f"Renamed {attempt}"))

    return before


def repeatable_read(take):
    sql("SET default_transaction_isolation = 'repeatable read'")
    try:
        return take()
    finally:
        sql("RESET default_transaction_isolation")


def test_a_serialization_failure_is_tried_again_and_the_place_is_taken(monkeypatch):
    advocate = make_reference()
    tries = count_tries(monkeypatch, change_the_account(advocate, attempts=2))

    assert isinstance(repeatable_read(lambda: take(advocate)), Ask)
    assert len(tries) == 3


def test_serialization_failures_without_end_are_reported_as_taken(monkeypatch):
    advocate = make_reference()
    count_tries(monkeypatch, change_the_account(advocate, attempts=9))

    with pytest.raises(LedgerBusy, match="Somebody is asking this person right now"):
        repeatable_read(lambda: take(advocate))
    assert not Ask.objects.exists()


TAKERS = """
import json
from collections import Counter
from tests.advocacy.test_ledger_under_load import take
from tests.races import simultaneously
from advocacy.models import ActivityType, Advocate
people, kinds = {people}, {kinds}
def one(number):
    return take(Advocate.objects.get(pk=people[number % len(people)]), ActivityType.objects.get(pk=kinds[number % len(kinds)]))
print(json.dumps(Counter(type(outcome).__name__ for outcome in simultaneously(20, one))))
"""


def test_threads_in_several_processes_break_no_cap():
    survey = ActivityType.objects.create(code="survey", name="Survey", cap=2, blocks_others=False)
    accounts = [make_account(max_asks_per_quarter=2) for _number in range(2)]
    people = [make_reference(account=accounts[number % 2]) for number in range(5)]
    code = TAKERS.format(people=[person.pk for person in people], kinds=[activity().pk, survey.pk, survey.pk])
    processes = [start_taker(code) for _number in range(3)]

    outcomes = simultaneously(10, lambda number: take(people[number % 5], survey), processes=processes)

    tally = Counter()
    for outcome in outcomes:
        tally.update(json.loads(outcome) if isinstance(outcome, str) else [type(outcome).__name__])
    assert tally.keys() == {"Ask", "AdvocateUnavailable"}
    calls = Ask.objects.filter(activity_type=activity())
    assert {calls.filter(account=account).count() for account in accounts} == {2}  # of two and three people
    assert all(calls.filter(advocate=person).count() <= 1 for person in people)
    assert {person.asks.filter(activity_type=survey).count() for person in people} == {2}
    assert tally["Ask"] == Ask.objects.count() == 14


@pytest.mark.parametrize("code", sorted(contention.CODES))
def test_a_page_that_is_refused_for_somebody_else_says_so_and_is_no_fault(code, monkeypatch):
    def refused(*anything):
        sql("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = %s; END $$", code)

    monkeypatch.setattr(AdvocateAdmin, "_advocate_to_change", refused)
    client = Client()
    client.force_login(make_user("advocacy_team"))

    page = client.get(reverse("admin:advocacy_advocate_status", args=[make_reference().pk]))

    assert page.status_code == 503
    assert page["Retry-After"] == "1"
    assert "Somebody else is changing the same thing" in page.content.decode()


def test_any_other_fault_of_the_database_stays_a_fault():
    assert SayBusy(None).process_exception(RequestFactory().get("/"), OperationalError("gone")) is None

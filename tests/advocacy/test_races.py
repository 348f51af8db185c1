"""The last place goes to one of many, whoever they are; and without the lock it would not."""

from collections import Counter
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from advocacy.exceptions import LedgerBusy
from advocacy.models import Account, Advocate, Ask
from advocacy.services import find_or_add_advocate, ledger, move_ask, release_lapsed_asks, reserve_ask
from tests.factories import activity, make_account, make_reference
from tests.races import meet, simultaneously, start_taker, two_connections

pytestmark = pytest.mark.django_db(transaction=True)

ONE_PLACE = {"Ask": 1}


def take(advocate):
    return reserve_ask(
        advocate=Advocate(pk=advocate.pk),
        activity_type=activity(),
        asked_by=None,
        source="reference_request",
        now=timezone.now(),
    )


def tally(outcomes):
    return Counter(outcome if isinstance(outcome, str) else type(outcome).__name__ for outcome in outcomes)


def test_the_last_place_goes_to_one_of_two_simultaneous_takers():
    advocate = make_reference()

    assert two_connections(lambda: take(advocate)) == ["AdvocateUnavailable", "Ask"]
    assert advocate.asks.count() == 1


@pytest.mark.parametrize("takers", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_the_last_place_goes_to_one_of_many(takers):
    advocate = make_reference()

    outcomes = simultaneously(takers, lambda number: take(advocate))

    assert tally(outcomes) == {"Ask": 1, "AdvocateUnavailable": takers - 1}
    assert advocate.asks.count() == 1


def test_the_last_place_of_an_account_goes_to_one_of_its_people():
    account = make_account(max_asks_per_quarter=1)
    people = [make_reference(account=account) for _number in range(20)]

    outcomes = simultaneously(20, lambda number: take(people[number]))

    assert tally(outcomes) == {"Ask": 1, "AdvocateUnavailable": 19}
    assert Ask.objects.filter(account=account).count() == 1


@pytest.mark.slow
def test_a_worker_in_another_process_takes_no_second_place():
    advocate = make_reference()
    worker = start_taker(
        "from tests.advocacy.test_races import take, Advocate\n"
        "try:\n"
        f"    print(type(take(Advocate(pk={advocate.pk}))).__name__)\n"
        "except Exception as error:\n"
        "    print(type(error).__name__)\n"
    )

    outcomes = simultaneously(5, lambda number: take(advocate), processes=[worker])

    assert tally(outcomes) == {"Ask": 1, "AdvocateUnavailable": 5}


def meet_between_check_and_write(monkeypatch):
    """Two takers who have both looked wait for each other before either writes."""
    both_have_looked, look = Barrier(2), ledger.availability_of

    def look_and_wait(**arguments):
        availability = look(**arguments)
        meet(both_have_looked)
        return availability

    monkeypatch.setattr(ledger, "availability_of", look_and_wait)


def without_the_lock(monkeypatch):
    monkeypatch.setattr(ledger, "lock_takers", lambda advocate, now: (advocate.account_id, False))


def test_two_takers_between_check_and_write_are_kept_apart_by_the_lock(monkeypatch):
    meet_between_check_and_write(monkeypatch)
    advocate = make_reference()

    assert two_connections(lambda: take(advocate)) == ["AdvocateUnavailable", "Ask"]


def test_without_the_lock_both_takers_get_the_last_place(monkeypatch):
    meet_between_check_and_write(monkeypatch)
    without_the_lock(monkeypatch)
    advocate = make_reference()

    assert two_connections(lambda: take(advocate)) == ["Ask", "Ask"]
    assert advocate.asks.in_flight().count() == 2


def test_two_colleagues_between_check_and_write_are_kept_apart_by_the_lock(monkeypatch):
    meet_between_check_and_write(monkeypatch)
    account = make_account(max_asks_per_quarter=1)
    people = [make_reference(account=account) for _number in range(2)]

    assert tally(simultaneously(2, lambda number: take(people[number]))) == {"Ask": 1, "AdvocateUnavailable": 1}


def test_without_the_lock_both_colleagues_get_the_last_place_of_their_account(monkeypatch):
    meet_between_check_and_write(monkeypatch)
    without_the_lock(monkeypatch)
    account = make_account(max_asks_per_quarter=1)
    people = [make_reference(account=account) for _number in range(2)]

    assert tally(simultaneously(2, lambda number: take(people[number]))) == {"Ask": 2}


def test_a_taker_who_cannot_have_the_lock_is_told_to_try_again_and_can_go_on():
    advocate = make_reference()

    def impatient(number):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20ms'")
        with transaction.atomic():
            with pytest.raises(LedgerBusy, match="Please try again"):
                take(advocate)
            return Advocate.objects.count()

    with transaction.atomic():
        Account.objects.select_for_update().get(pk=advocate.account_id)
        assert simultaneously(1, impatient) == [1]
    assert advocate.asks.count() == 0


def test_a_lapsed_ask_is_released_once_by_two_clocks():
    now = timezone.now()
    reserve_ask(advocate=make_reference(), activity_type=activity(), asked_by=None, source="by_hand", now=now, held_until=now)

    assert sorted(simultaneously(2, lambda number: release_lapsed_asks(now=now))) == [0, 1]


def test_an_answer_and_a_clock_do_not_both_move_an_ask():
    now = timezone.now()
    ask = reserve_ask(
        advocate=make_reference(), activity_type=activity(), asked_by=None, source="by_hand", now=now, held_until=now
    )

    def answer_or_release(number):
        return release_lapsed_asks(now=now) if number else move_ask(ask=Ask(pk=ask.pk), to="asked", by=None, now=now)

    answer, released = simultaneously(2, answer_or_release)

    ask.refresh_from_db()
    assert (type(answer).__name__, released, ask.state) in [("Ask", 0, "asked"), ("ForbiddenMove", 1, "expired")]


def test_the_same_person_added_twice_at_once_is_one_person():
    account, other = make_account(), make_account()

    def add(number):
        return find_or_add_advocate(account=[account, other][number % 2], name="Ines Ferrer", email="ines@ferrer.example")

    assert len({person.pk for person in simultaneously(8, add)}) == 1
    assert Advocate.objects.filter(email="ines@ferrer.example").count() == 1


def test_the_same_name_added_twice_at_once_is_one_person():
    account = make_account()

    people = simultaneously(8, lambda number: find_or_add_advocate(account=account, name="Ines Ferrer"))

    assert len({person.pk for person in people}) == 1

import re
from datetime import date, datetime, timedelta

import pytest

from advocacy.exceptions import AdvocateUnavailable, ForbiddenMove
from advocacy.models import Ask
from advocacy.services import availability_of, move_ask, release_lapsed_asks, reserve_ask
from advocacy.workflow import history_of
from tests.factories import NOW, activity, make_account, make_advocate, make_opportunity, make_reference, make_user

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def account():
    return make_account(customer_since=date(2023, 1, 1), metrics_as_of=TODAY)


@pytest.fixture
def advocate(account):
    return make_reference(account=account, nps_on=TODAY, now=NOW - timedelta(days=1))


@pytest.fixture
def seller():
    return make_user("sales")


def reserve(advocate, by=None, **fields):
    fields = {"activity_type": activity(), "source": "reference_request", "now": NOW} | fields
    return reserve_ask(advocate=advocate, asked_by=by, **fields)


def test_a_reserved_ask_holds_the_place_for_two_working_days(advocate, seller):
    friday = datetime.fromisoformat("2026-03-06T15:00+00:00")
    deal = make_opportunity()

    ask = reserve(advocate, seller, now=friday, opportunity=deal)

    assert (ask.state, ask.asked_by, ask.account, ask.opportunity) == ("proposed", seller, advocate.account, deal)
    assert ask.counts_on == date(2026, 3, 6)
    assert ask.held_until == datetime.fromisoformat("2026-03-10T15:00+00:00")
    assert [change.to_status for change in history_of(ask)] == ["proposed"]


def test_the_planned_date_counts_when_it_is_known(advocate):
    assert reserve(advocate, counts_on=date(2026, 4, 1)).counts_on == date(2026, 4, 1)


def test_a_second_taker_is_told_why_not(advocate):
    reserve(advocate)

    with pytest.raises(AdvocateUnavailable, match=r"Another ask is under way\.") as refusal:
        reserve(advocate)

    assert refusal.value.availability.codes == ["in_flight"]
    assert advocate.asks.count() == 1


def test_an_ask_nobody_acts_on_gives_the_place_back(advocate):
    ask = reserve(advocate, held_until=NOW + timedelta(hours=1))

    assert release_lapsed_asks(now=NOW) == 0
    assert release_lapsed_asks(now=NOW + timedelta(hours=1)) == 1
    assert release_lapsed_asks(now=NOW + timedelta(hours=1)) == 0
    ask.refresh_from_db()
    assert ask.state == "expired"
    assert ask.ended_at == NOW + timedelta(hours=1)
    assert history_of(ask).last().why == "Nobody acted on it in time."


def test_a_lapsed_place_is_free_before_the_clock_has_come_round(advocate):
    lapsed = reserve(advocate, held_until=NOW + timedelta(hours=1))

    ask = reserve(advocate, now=NOW + timedelta(hours=2))

    lapsed.refresh_from_db()
    assert (lapsed.state, ask.state) == ("expired", "proposed")


@pytest.mark.parametrize("end", ["cancelled", "expired"])
def test_an_ask_that_ended_without_gives_the_place_back(advocate, end):
    move_ask(ask=reserve(advocate), to=end, by=None, now=NOW)

    assert availability_of(advocate=advocate, activity_type=activity(), now=NOW).is_free


def test_a_declined_ask_rests_for_thirty_days(advocate):
    move_ask(ask=reserve(advocate), to="declined", by=None, now=NOW)

    availability = availability_of(advocate=advocate, activity_type=activity(), now=NOW)

    assert availability.codes == ["declined"]
    assert availability.free_on == date(2026, 4, 1)


def test_moving_an_ask_writes_its_history(advocate, seller):
    ask = reserve(advocate, seller)

    move_ask(ask=ask, to="asked", by=seller, now=NOW, why="By telephone")

    change = history_of(ask).last()
    assert (change.from_status, change.to_status, change.changed_by, change.why) == ("proposed", "asked", seller, "By telephone")
    assert ask.held_until is None


def test_a_move_to_the_same_state_changes_nothing(advocate):
    ask = move_ask(ask=reserve(advocate), to="asked", by=None, now=NOW)

    move_ask(ask=ask, to="asked", by=None, now=NOW)

    assert history_of(ask).count() == 2


def test_a_new_time_for_a_scheduled_call_is_history_without_a_move(advocate):
    ask = scheduled(advocate, counts_on=date(2026, 3, 10))

    move_ask(ask=ask, to="scheduled", by=None, now=NOW, counts_on=date(2026, 3, 20))

    ask.refresh_from_db()
    assert (ask.state, ask.counts_on) == ("scheduled", date(2026, 3, 20))
    change = history_of(ask).last()
    assert (change.from_status, change.to_status) == ("scheduled", "scheduled")
    assert change.why == "New date: 2026-03-20 instead of 2026-03-10."


def test_a_finished_ask_cannot_come_back(advocate):
    ask = move_ask(ask=reserve(advocate), to="cancelled", by=None, now=NOW)

    with pytest.raises(ForbiddenMove, match=r"This ask is “Cancelled” and cannot become “Asked”\."):
        move_ask(ask=ask, to="asked", by=None, now=NOW)


def test_a_done_ask_keeps_its_outcome_and_rests(advocate):
    ask = scheduled(advocate, counts_on=TODAY)

    move_ask(ask=ask, to="done", by=None, now=NOW, outcome="The deal was won.")

    ask.refresh_from_db()
    assert (ask.outcome, ask.ended_at) == ("The deal was won.", NOW)
    availability = availability_of(advocate=advocate, activity_type=activity(), now=NOW)
    assert availability.sentence == "Resting after the last reference call until 1 April 2026."


def test_an_award_is_given_whatever_else_is_under_way(advocate):
    reserve(advocate)

    assert reserve(advocate, activity_type=activity("award"), source="award").pk
    assert reserve(make_advocate(status="candidate"), activity_type=activity("award"), source="award").pk


def scheduled(advocate, counts_on):
    ask = reserve(advocate)
    for state in ("asked", "accepted", "scheduled"):
        move_ask(ask=ask, to=state, by=None, now=NOW, counts_on=counts_on)
    return ask


def test_asks_are_written_by_the_services_alone(settings):
    writers = [
        str(path.relative_to(settings.BASE_DIR))
        for app in ("advocacy", "awards", "config", "nominations", "outbox", "portal", "references")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "migrations" not in path.parts and writes_asks(path.read_text())
    ]

    assert writers == ["advocacy/services/ledger.py"]


def writes_asks(source):
    return re.search(
        r"Ask\.objects\.(create|bulk_|get_or_create|update_or_create|update)|asks\.create|(?<!class )\bAsk\(", source
    )


def test_the_ledger_knows_every_state_of_an_ask():
    assert set(Ask.State) == Ask.IN_FLIGHT | Ask.ENDED_WITHOUT | {Ask.State.DONE}

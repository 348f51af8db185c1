"""The summaries of the week and the month: when each reader gets one, and that it holds nothing they may not see."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.models import Recruitment
from advocacy.services import pause_advocate
from advocacy.workflow import record_change
from outbox import clocks
from outbox.models import Message, Occurrence, Preference
from portal.rules import month_of, week_of
from references.models import ReferenceRequest
from references.services import open_request
from tests.factories import activity, make_account, make_nomination, make_opportunity, make_program, make_reference, make_user

pytestmark = pytest.mark.django_db
# Sunday, 25 October: in Berlin the clocks go back.
SUNDAY = datetime(2026, 10, 25, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tick(code, now):
    return clocks.run(clocks.rule_of(code), now)


def mails(kind):
    return {mail.recipient: mail.text for mail in Message.objects.filter(kind=kind)}


@pytest.fixture
def csm():
    return make_user("csm", time_zone="Europe/Berlin", name="Ada Berlin")


@pytest.fixture
def advocate(csm):
    account = make_account(csm=csm, name="Northwind Freight", domain="northwind.example")
    return make_reference(account=account, name="Zoë Lindqvist", now=SUNDAY - 20 * DAY)


@pytest.mark.parametrize(
    ("zone", "begins"),
    [("Europe/Berlin", (26, 8)), ("America/New_York", (26, 13)), ("Asia/Tokyo", (26, 0))],
)
def test_monday_begins_when_the_clock_on_the_wall_says_so(zone, begins):
    day, hour = begins
    monday, at = week_of(datetime(2026, 10, 28, tzinfo=UTC), zone, datetime(2026, 1, 1, 9).time())  # noqa: DTZ001

    assert (monday.day, at) == (26, datetime(2026, 10, day, hour, tzinfo=UTC))


def test_a_month_that_begins_at_a_weekend_begins_with_its_first_working_day():
    first, at = month_of(datetime(2026, 11, 20, tzinfo=UTC), "America/New_York", datetime(2026, 1, 1, 9).time())  # noqa: DTZ001

    assert (first.isoformat(), at) == ("2026-11-01", datetime(2026, 11, 2, 14, tzinfo=UTC))


def test_a_csm_reads_on_monday_morning_what_waits_once(csm, advocate):
    at = SUNDAY - DAY
    request = open_request(
        advocate=advocate, requester=make_user("sales"), activity_type=activity(), opportunity=make_opportunity(),
        wants_to_hear="How it went.", needed_by=(SUNDAY + 20 * DAY).date(), now=at,
    )  # fmt: skip
    make_nomination(make_program(now=SUNDAY), status="draft", nominator=csm, account=advocate.account)
    someone = make_reference(account=make_account(), name="Somebody Else", now=SUNDAY)
    for suggested in (advocate, someone):
        Recruitment.objects.create(advocate=suggested, status="suggested", source="system", created_at=at)
    make_user("csm", time_zone="Europe/Berlin", name="Nothing to do")

    for moment in (SUNDAY, SUNDAY + 19 * HOUR, SUNDAY + 20 * HOUR, SUNDAY + 19 * HOUR, SUNDAY + 21 * HOUR, SUNDAY + 3 * DAY):
        tick("weekly_summary", moment)

    [(recipient, text)] = mails("weekly_summary").items()
    assert recipient == csm.email
    for words in ("One reference request waits", str(request), "One nomination you began", "One customer of yours could become"):
        assert words in text
    assert "Somebody Else" not in text
    assert Message.objects.get(kind="weekly_summary").not_before == SUNDAY + 20 * HOUR


def test_what_is_told_too_late_is_recorded_and_what_is_switched_off_stays(csm, advocate):
    make_nomination(make_program(now=SUNDAY), status="draft", nominator=csm, account=advocate.account)

    tick("weekly_summary", SUNDAY + 4 * DAY)
    assert Occurrence.objects.get(rule="weekly_summary").state == "skipped"
    Preference.objects.create(address=csm.email, group="summaries", choice="off")
    tick("weekly_summary", SUNDAY + 8 * DAY)

    assert Message.objects.get(kind="weekly_summary").state == "cancelled"


def test_sellers_read_once_a_month_who_is_new_without_names(advocate):
    seller, monday = make_user("sales", time_zone="America/New_York"), datetime(2026, 11, 2, 14, tzinfo=UTC)
    paused = make_reference(now=SUNDAY - 20 * DAY)
    for one in (advocate, paused):
        record_change(one, from_status="candidate", to_status="active", by=None, changed_at=SUNDAY - 2 * DAY)
    pause_advocate(advocate=paused, until=None, by=None, now=SUNDAY, why="Busy.")

    for moment in (monday - HOUR, monday + HOUR, monday + 2 * HOUR, monday + 20 * DAY):
        tick("monthly_news", moment)

    [(recipient, text)] = mails("monthly_news").items()
    assert recipient == seller.email
    assert text.count("Head of Operations") == 1
    assert "Lindqvist" not in text
    assert "Northwind" not in text


def test_the_success_is_the_sellers_own_deal_else_nothing(advocate):
    seller, other = make_user("sales"), make_user("sales")
    deal = make_opportunity(name="Contoso", is_won=True)
    ReferenceRequest.objects.create(
        requester=seller, opportunity=deal, activity_type=activity(), wants_to_hear="x", needed_by=SUNDAY.date(),
        status="completed", influenced=True, win_told_at=SUNDAY,
    )  # fmt: skip

    tick("monthly_news", datetime(2026, 11, 2, 9, tzinfo=UTC))

    assert "Contoso is won" in mails("monthly_news")[seller.email]
    assert other.email not in mails("monthly_news")


def test_leaders_read_the_month_in_numbers(advocate):
    leader = make_user("leader")

    tick("monthly_standing", datetime(2026, 11, 2, 9, tzinfo=UTC))

    text = mails("monthly_standing")[leader.email]
    for words in (
        "Coverage: ",
        "Load: 0 of 1 advocates",
        "Adoption: 0 people",
        "Deals: 0 heard a customer",
        "/reports/coverage/",
    ):
        assert words in text

"""While a request waits for somebody, they are reminded once; nobody is reminded of what is done."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.models import Account, SecretLink
from outbox import clocks
from outbox.models import Message
from references import services
from references.models import ReferenceRequest
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A Thursday: after it the clocks change in New York, and in Berlin a week before.
CALL_AT = NOW + 9 * DAY


def tick(code, now):
    return clocks.run(clocks.rule_of(code), now)


def told(kind):
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


def texts(kind):
    return "\n".join(Message.objects.filter(kind=kind).values_list("text", flat=True))


@pytest.fixture
def approved(ask, advocate, csm, now):
    """Monday noon: approved."""
    request = ask(advocate, prospect_email="buyer@contoso.example", prospect_name="Bo Buyer")
    return services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)


def offer(candidate, now, at=CALL_AT):
    return services.offer_times(candidate=candidate, starts=[at, at + 2 * HOUR, at + 4 * HOUR], zone="UTC", by=None, now=now)


def test_a_csm_who_approved_is_reminded_once_to_ask_the_customer(approved, csm):
    for hours in (23, 25, 25, 60):
        tick("customer_silent", NOW + timedelta(hours=hours))

    assert told("customer_silent") == [csm.email]
    assert "nobody has asked Zoë Lindqvist yet" in texts("customer_silent")

    tick("step_overdue", NOW + 60 * HOUR)  # before the reminder has gone
    assert csm.email in told("request_overdue")
    assert Message.objects.get(kind="customer_silent").state == "cancelled"


def test_a_customer_whom_laurel_asked_gets_one_reminder_that_opens_the_same_page(approved, csm, advocate, client):
    services.ask_by_laurel(candidate=approved, by=csm, now=NOW)

    for hours in (23, 25, 26, 70):
        tick("customer_silent", NOW + timedelta(hours=hours))

    assert told("customer_asked_again") == [advocate.email]
    assert told("customer_silent") == []
    assert SecretLink.objects.filter(purpose="answer_reference").count() == 2
    assert "A no or a later helps us" in texts("customer_asked_again")


def test_nobody_is_reminded_of_an_answer_that_is_in(approved, csm):
    services.ask_by_laurel(candidate=approved, by=csm, now=NOW)
    services.take_no(candidate=approved, refusal="busy", note="", by=None, now=NOW + HOUR)

    tick("customer_silent", NOW + 2 * DAY)

    assert told("customer_asked_again") == told("customer_silent") == []


def test_a_reminder_that_has_not_gone_out_stays_when_the_answer_comes(approved, csm):
    services.ask_by_laurel(candidate=approved, by=csm, now=NOW)
    tick("customer_silent", NOW + 26 * HOUR)

    offer(approved, NOW + 27 * HOUR)

    assert Message.objects.get(kind="customer_asked_again").state == "cancelled"


def test_prospect_and_requester_are_reminded_that_times_wait(approved, sales):
    offer(approved, NOW)

    for hours in (23, 25, 26):
        tick("time_not_chosen", NOW + timedelta(hours=hours))

    assert (told("prospect_picks_again"), told("time_not_chosen")) == (["buyer@contoso.example"], [sales.email])
    assert "Lindqvist" not in texts("prospect_picks_again") + texts("time_not_chosen")
    candidate = approved
    services.pick_time(candidate=candidate, slot=candidate.slots.first().pk, seen="", by=sales, now=NOW + 26 * HOUR)
    assert tick("time_not_chosen", NOW + 30 * HOUR).found == 0


def test_both_sides_are_reminded_of_the_debrief_until_they_answer(approved, sales, advocate):
    offer(approved, NOW)
    services.pick_time(candidate=approved, slot=approved.slots.first().pk, seen="", by=sales, now=NOW + HOUR)
    over = CALL_AT + HOUR
    rules = ("debrief_of_customer", "debrief_of_prospect")

    for moment in (over, over + 23 * HOUR):
        assert [tick(rule, moment).found for rule in rules] == [0, 0]
    services.answer_debrief(candidate=approved, side="advocate", by=None, now=over, went_well=5)
    for hours in (25, 26, 90):
        [tick(rule, over + timedelta(hours=hours)) for rule in rules]

    assert told("debrief_again") == ["buyer@contoso.example"]
    assert told("say_how_it_went") == [sales.email]
    assert advocate.email not in told("debrief_again")


def test_csm_and_requester_hear_once_that_a_call_falls_before_the_renewal(approved, csm, sales, advocate):
    offer(approved, NOW)
    services.pick_time(candidate=approved, slot=approved.slots.first().pk, seen="", by=sales, now=NOW + HOUR)
    account = Account.objects.filter(pk=advocate.account_id)
    for days, expected in ((-1, 0), (61, 0), (60, 1), (60, 0)):
        account.update(renewal_date=CALL_AT.date() + days * DAY)
        assert tick("call_near_renewal", NOW + DAY).written == expected

    assert sorted(told("call_near_renewal")) == sorted([csm.email, sales.email])
    for_sales = Message.objects.get(kind="call_near_renewal", recipient=sales.email).text
    assert "Northwind" not in for_sales
    assert "Lindqvist" not in for_sales
    account.update(renewal_date=CALL_AT.date() + 30 * DAY)
    assert tick("call_near_renewal", CALL_AT + DAY).found == 0


def test_reminders_wait_for_the_working_hours_of_whoever_is_late(approved, csm):
    """Approved on Friday evening: half of two working days is over on Tuesday's opening, not on Saturday."""
    request = ReferenceRequest.objects.get()
    friday = datetime(2026, 3, 6, 17, tzinfo=UTC)
    type(approved).objects.filter(pk=approved.pk).update(decided_at=friday)
    assert request.holder == csm

    for moment in (friday + 2 * DAY, datetime(2026, 3, 9, 16, 59, tzinfo=UTC)):
        assert tick("customer_silent", moment).found == 0
    assert tick("customer_silent", datetime(2026, 3, 9, 17, tzinfo=UTC)).written == 1

"""A request from the first word to the last: the request, the candidate and the ask always agree."""

from datetime import timedelta

import pytest

from advocacy.exceptions import AdvocateUnavailable, ForbiddenMove, WordsNeeded
from advocacy.models import Ask, StatusChange
from advocacy.services import release_lapsed_asks
from outbox.models import Message
from references import services
from references.exceptions import PlaceLapsed, PlaceTaken, TooSoon
from references.models import ReferenceRequest
from references.profile.reader import reader_of
from references.profile.timeline import timeline_of
from references.request_page import page_of
from tests.factories import make_account, make_reference, make_user
from tests.references import clockwork

pytestmark = pytest.mark.django_db


def states(request):
    candidate = request.candidates.select_related("ask").first()
    request = ReferenceRequest.objects.get(pk=request.pk)
    return request.status, candidate and candidate.state, candidate and candidate.ask.state


def mails(kind):
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


def approved(request, csm, now):
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)
    return request


def scheduled(request, csm, now):
    services.schedule_request(request=approved(request, csm, now), at=now + timedelta(days=5), by=csm, now=now)
    return request


def test_asking_holds_the_place_and_hands_over_to_the_csm(ask, advocate, csm, now):
    request = ask(advocate)

    assert states(request) == ("proposed", "proposed", "proposed")
    assert (request.holder, request.due_at) == (csm, now + timedelta(days=1))
    assert mails("request_approval") == [csm.email]


def test_a_deputy_is_asked_while_the_csm_is_away(ask, advocate, csm, now):
    deputy = make_user("csm")
    csm.deputy, csm.deputy_from, csm.deputy_until = deputy, now.date(), now.date()
    csm.save()

    assert ask(advocate).holder == deputy
    assert mails("request_approval") == [deputy.email]


def test_the_team_is_asked_where_there_is_no_csm(ask, team, now):
    request = ask(make_reference(now=now, account=make_account(csm=None)))

    assert request.holder is None
    assert mails("request_approval") == [team.email]


def test_without_an_advocate_the_team_looks_for_one(ask):
    request = ask()

    assert (request.status, request.holder) == ("open", None)


def test_an_advocate_who_may_not_be_asked_leaves_nothing_behind(ask, advocate):
    ask(advocate)

    with pytest.raises(AdvocateUnavailable):
        ask(advocate)

    assert ReferenceRequest.objects.count() == Ask.objects.count() == 1


def test_a_day_too_near_is_refused(ask, advocate, now):
    with pytest.raises(TooSoon):
        ask(advocate, needed_by=(now + timedelta(days=1)).date())


def test_the_way_to_a_completed_request(ask, advocate, csm, sales, now):
    request = ask(advocate)
    approved(request, csm, now)
    assert states(request) == ("approved", "approved", "asked")

    services.schedule_request(request=request, at=now + timedelta(days=5), by=csm, now=now)
    assert states(request) == ("scheduled", "approved", "scheduled")
    assert advocate.asks.get().counts_on == (now + timedelta(days=5)).date()

    services.complete_request(request=request, by=sales, outcome="They signed.", now=now + timedelta(days=6))
    assert states(request) == ("completed", "approved", "done")
    assert ReferenceRequest.objects.get().outcome == advocate.asks.get().outcome == "They signed."


def test_every_step_is_in_the_history_with_who_took_it(ask, advocate, csm, sales, now):
    request = scheduled(ask(advocate), csm, now)

    history = StatusChange.objects.filter(content_type__model="referencerequest", object_id=request.pk)

    assert [(row.to_status, row.changed_by) for row in history] == [
        ("draft", sales), ("open", sales), ("proposed", sales), ("approved", csm), ("scheduled", csm),
    ]  # fmt: skip
    StatusChange.objects.filter(to_status="scheduled").update(changed_at=now + timedelta(seconds=50))
    StatusChange.objects.filter(to_status="approved").update(why="They like to talk.")
    on_the_page = [(line.label, line.who) for line in page_of(request, sales, now).history]
    assert on_the_page == [("Waiting for approval", sales.name), ("Approved", csm.name), ("Scheduled", csm.name)], (
        "what one person did within a minute is its last line, but no words are lost"
    )
    event = next(event for event in timeline_of(reader_of(csm, advocate, now)).events if event.steps)
    assert [step.label for step in event.steps] == ["Proposed", "Scheduled"]


def test_a_second_approval_changes_nothing(ask, advocate, csm, team, now):
    request = approved(ask(advocate), csm, now)

    services.approve_candidate(candidate=request.candidates.get(), by=team, now=now)

    assert request.candidates.get().decided_by == csm


def test_after_a_no_nobody_can_approve(ask, advocate, csm, now):
    request = ask(advocate)
    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="On leave.", now=now)

    with pytest.raises(ForbiddenMove):
        approved(request, csm, now)


def test_the_csms_no_gives_the_place_back_and_does_not_make_the_customer_rest(ask, advocate, csm, sales, now):
    request = ask(advocate)

    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="On leave.", now=now)

    assert states(request) == ("declined", "declined", "cancelled")
    assert mails("request_answered") == [sales.email]
    assert states(ask(advocate))[0] == "proposed"


def test_a_no_needs_a_reason(ask, advocate, csm, now):
    with pytest.raises(WordsNeeded):
        services.decline_candidate(candidate=ask(advocate).candidates.get(), by=csm, note=" ", now=now)


def test_a_customers_no_counts_as_theirs(ask, advocate, csm, now):
    request = approved(ask(advocate), csm, now)

    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="Too busy.", now=now)

    assert states(request) == ("cancelled", "declined", "declined")


def test_the_next_advocate_takes_over(ask, advocate, csm, now):
    request, other = scheduled(ask(advocate), csm, now), make_reference(now=now)

    services.replace_candidate(candidate=request.candidates.get(), advocate=other, by=csm, note="Too busy.", now=now)

    assert states(request) == ("proposed", "proposed", "proposed")
    assert [candidate.state for candidate in request.candidates.all()] == ["proposed", "declined"]


def test_when_the_next_one_is_not_free_the_first_one_stays(ask, advocate, csm, now):
    request, busy = approved(ask(advocate), csm, now), make_reference(now=now)
    ask(busy)

    with pytest.raises(AdvocateUnavailable):
        services.replace_candidate(candidate=request.candidates.get(), advocate=busy, by=csm, note="Ill.", now=now)

    assert states(request) == ("approved", "approved", "asked")


def test_one_advocate_at_a_time(ask, advocate, sales, now):
    with pytest.raises(PlaceTaken):
        services.propose_candidate(request=ask(advocate), advocate=make_reference(now=now), by=sales, now=now)


def test_a_new_time_is_written_down_and_the_status_stays(ask, advocate, csm, now):
    request = scheduled(ask(advocate), csm, now)

    services.schedule_request(request=request, at=now + timedelta(days=8), by=csm, now=now)

    assert advocate.asks.get().counts_on == (now + timedelta(days=8)).date()
    assert StatusChange.objects.filter(content_type__model="referencerequest", to_status="scheduled").count() == 2


def test_a_call_that_did_not_happen_gets_a_new_time(ask, advocate, csm, sales, now):
    request = scheduled(ask(advocate), csm, now)
    services.note_no_show(request=request, by=sales, now=now + timedelta(days=6))
    assert states(request) == ("no_show", "approved", "no_show")
    assert ReferenceRequest.objects.get().holder == csm

    services.schedule_request(request=request, at=now + timedelta(days=9), by=csm, now=now + timedelta(days=6))
    assert states(request) == ("scheduled", "approved", "scheduled")


@pytest.mark.parametrize("prepare", [lambda request, csm, now: request, approved, scheduled])
def test_cancelling_gives_the_place_back_at_any_time(ask, advocate, csm, sales, now, prepare):
    request = prepare(ask(advocate), csm, now)

    services.cancel_request(request=request, by=sales, now=now)

    assert states(request) == ("cancelled", "withdrawn", "cancelled")


def test_what_is_over_stays_over(ask, advocate, csm, sales, now):
    request = scheduled(ask(advocate), csm, now)
    services.complete_request(request=request, by=sales, outcome="They signed.", now=now + timedelta(days=6))

    with pytest.raises(ForbiddenMove):
        services.cancel_request(request=request, by=sales, now=now)


# Clocks ---------------------------------------------------------------------------------------


def test_the_csm_is_reminded_once_after_half_the_time(ask, advocate, csm, now):
    ask(advocate)
    for hours in (3, 4, 5, 24):
        clockwork.remind_approvers(now=now + timedelta(hours=hours))
        assert len(mails("request_approval")) == (1 if hours == 3 else 2)


def test_what_is_overdue_waits_no_more(ask, advocate, csm, now):
    ask(advocate)
    clockwork.remind_approvers(now=now + timedelta(hours=25))
    assert mails("request_approval") == [csm.email]


def test_nobody_is_reminded_of_what_is_answered(ask, advocate, csm, now):
    approved(ask(advocate), csm, now)

    clockwork.remind_approvers(now=now + timedelta(days=1))

    assert mails("request_approval") == [csm.email]


def test_a_request_follows_to_the_deputy_who_can_then_answer(ask, advocate, csm, now):
    request, deputy, tomorrow = ask(advocate), make_user("csm"), now + timedelta(days=1)
    csm.deputy, csm.deputy_from = deputy, tomorrow.date()
    csm.save()

    services.follow_keepers(now=tomorrow)

    assert mails("request_approval") == [csm.email, deputy.email]
    assert ReferenceRequest.objects.visible_to(deputy).get() == request
    assert states(approved(request, deputy, tomorrow))[0] == "approved"


@pytest.mark.parametrize("ledger_was_first", [True, False])
def test_without_an_answer_the_place_goes_back_after_two_working_days(ask, advocate, sales, now, ledger_was_first):
    request, later = ask(advocate), now + timedelta(days=2)
    services.settle_lapsed(now=later - timedelta(minutes=1))
    assert states(request)[0] == "proposed"

    if ledger_was_first:
        release_lapsed_asks(now=later)
    assert (services.settle_lapsed(now=later), services.settle_lapsed(now=later)) == (1, 0)

    assert states(request) == ("expired", "withdrawn", "expired")
    assert mails("request_answered") == [sales.email]


def test_an_answer_that_comes_too_late_takes_no_place(ask, advocate, csm, now):
    request = ask(advocate)

    with pytest.raises(PlaceLapsed):
        approved(request, csm, now + timedelta(days=4))

    assert states(request)[0] == "proposed"


@pytest.mark.parametrize("prepare", [lambda request, csm, now: request, approved])
def test_a_request_ends_when_its_day_has_passed(ask, advocate, csm, now, prepare):
    request = prepare(ask(advocate), csm, now)

    services.settle_lapsed(now=now + timedelta(days=15))

    assert states(request) == ("expired", "withdrawn", "expired")


def test_an_open_request_ends_when_its_day_has_passed(ask, now):
    request = ask()

    services.settle_lapsed(now=now + timedelta(days=15))

    assert states(request) == ("expired", None, None)


# Mail -----------------------------------------------------------------------------------------


def test_the_answer_names_the_customer_only_as_far_as_sales_may_know(ask, advocate, csm, now):
    scheduled(ask(advocate), csm, now)

    for message in Message.objects.filter(kind="request_answered"):
        words = message.subject + message.text + message.html
        assert "Head of Operations" in words
        assert not {word for word in ("Lindqvist", "Northwind", "zoe@") if word in words}


def test_answers_to_the_csms_mail_go_to_the_requester(ask, advocate, sales):
    ask(advocate)

    assert Message.objects.get(kind="request_approval").reply_to == sales.email

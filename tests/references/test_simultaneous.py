"""Two people at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from advocacy.models import SecretLink
from references import services
from references.exceptions import AnsweredMeanwhile
from references.models import Candidate, ReferenceRequest
from references.services.by_link import Opened
from tests.factories import NOW, activity, make_account, make_reference, make_user
from tests.races import simultaneously, two_connections

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def open_request(requester, advocate, **fields):
    return services.open_request(
        requester=requester, advocate=advocate, activity_type=activity(), wants_to_hear="How it went.",
        needed_by=(NOW + timedelta(days=14)).date(), now=NOW, **fields,
    )  # fmt: skip


def test_the_last_place_goes_to_one_of_two_requests():
    advocate, sales = make_reference(now=NOW), make_user("sales")

    assert two_connections(lambda: open_request(sales, advocate)) == ["AdvocateUnavailable", "ReferenceRequest"]
    assert ReferenceRequest.objects.count() == advocate.asks.count() == 1


def test_the_same_form_sent_twice_at_once_is_one_request():
    advocate, sales, token = make_reference(now=NOW), make_user("sales"), uuid4()

    outcomes = simultaneously(2, lambda number: open_request(sales, advocate, form_token=token))

    assert {outcome.pk for outcome in outcomes} == {ReferenceRequest.objects.get().pk}


def test_of_a_yes_and_a_no_at_once_one_counts():
    csm, sales = make_user("csm"), make_user("sales")
    request = open_request(sales, make_reference(now=NOW, account=make_account(csm=csm)))

    def answer(number):
        candidate = Candidate.objects.get()
        if number:
            return services.approve_candidate(candidate=candidate, by=csm, now=NOW)
        return services.decline_candidate(candidate=candidate, by=csm, note="No.", seen="proposed", now=NOW)

    outcomes = sorted(type(outcome).__name__ for outcome in simultaneously(2, answer))

    request.refresh_from_db()
    candidate = request.candidates.select_related("ask").get()
    assert (request.status, candidate.state, candidate.ask.state) in {
        ("approved", "approved", "asked"),  # first the yes; the no that waited is no customer's no
        ("declined", "declined", "cancelled"),
    }
    assert "Candidate" in outcomes


def test_a_no_from_a_page_that_is_out_of_date_is_refused():
    csm, sales = make_user("csm"), make_user("sales")
    request = open_request(sales, make_reference(now=NOW, account=make_account(csm=csm)))
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=NOW)

    with pytest.raises(AnsweredMeanwhile):
        services.decline_candidate(candidate=request.candidates.get(), by=csm, note="No.", seen="proposed", now=NOW)

    assert request.candidates.get().ask.state == "asked"


def test_of_two_team_members_who_answer_by_their_links_at_once_one_counts():
    people = [make_user("advocacy_team"), make_user("advocacy_team")]
    request = open_request(make_user("sales"), make_reference(now=NOW, account=make_account(csm=None)))
    links = {int(link.detail): link for link in SecretLink.objects.all()}

    def take(number):
        opened = Opened(links[people[number].pk], Candidate.objects.get(), people[number])
        answer, fields = [("approve", {}), ("decline", {"note": "No."})][number]
        return services.answer_by_link(opened=opened, answer=answer, now=NOW, **fields)

    simultaneously(2, take)

    request.refresh_from_db()
    candidate = request.candidates.get()
    assert (request.status, candidate.state) in {("approved", "approved"), ("declined", "declined")}


def test_two_clocks_at_once_propose_one():
    request = open_request(make_user("sales"), make_reference(now=NOW), line=[make_reference(now=NOW), make_reference(now=NOW)])

    simultaneously(2, lambda number: services.settle_lapsed(now=NOW + timedelta(days=2)))

    assert request.candidates.current().count() == 1
    assert request.candidates.in_line().count() == 1


def test_of_two_who_choose_a_time_at_once_the_second_hears_of_the_first():
    csm, sales = make_user("csm"), make_user("sales")
    request = open_request(sales, make_reference(now=NOW, account=make_account(csm=csm)), prospect_email="ada@prospect.example")
    candidate = services.approve_candidate(candidate=request.candidates.get(), by=csm, now=NOW)
    starts = [NOW + timedelta(days=day) for day in (3, 4, 5)]
    services.offer_times(candidate=candidate, starts=starts, zone="UTC", by=None, now=NOW)
    slots = list(candidate.slots.all())

    def pick(number):
        return services.pick_time(candidate=candidate, slot=slots[number].pk, seen="", by=None, now=NOW)

    assert sorted(type(outcome).__name__ for outcome in simultaneously(2, pick)) == ["AnsweredMeanwhile", "Candidate"]
    assert candidate.slots.filter(picked_at__isnull=False).count() == 1

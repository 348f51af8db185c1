"""The form of a minute: prefilled, with a day that is checked at once, and with people in an order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from references.models import Favourite, ReferenceRequest
from tests.factories import activity, make_account, make_industry, make_opportunity, make_reference, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def get(client, user, name="request-new", query=""):
    client.force_login(user)
    return client.get(f"{reverse(name)}?{query}")


def send(client, user, now, query="", **fields):
    form = {
        "activity_type": activity().pk,
        "format": "call",
        "wants_to_hear": "How the first weeks went.",
        "needed_by": (now + timedelta(days=14)).date().isoformat(),
        "form_token": uuid4(),
    }
    client.force_login(user)
    return client.post(f"{reverse('request-new')}?{query}", form | fields, follow=True)


def line():
    request = ReferenceRequest.objects.get()
    return [candidate.advocate for candidate in request.candidates.in_line()]


def test_deal_and_search_fill_the_form(client, sales, now):
    deal = make_opportunity(name="Harbour", external_id="006-1", close_date=(now + timedelta(days=9)).date())

    form = get(client, sales, query="opportunity=006-1&activity=site-visit&level=vp").context["form"]

    assert form["opportunity"].value() == "Harbour (006-1)"
    assert form["needed_by"].value() == deal.close_date
    assert (form["prospect_level"].value(), form["format"].value()) == ("vp", "on_site")
    assert form["activity_type"].value() == activity("site-visit").pk


def test_a_decided_deal_needs_no_reference(client, sales, now):
    make_opportunity(external_id="006-1", is_won=True)

    assert "This deal is decided." in send(client, sales, now, opportunity="006-1").content.decode()
    assert not get(client, sales, query="opportunity=006-1").context["form"]["opportunity"].value()


def test_without_a_deal_two_weeks_are_usual(client, sales, now):
    assert get(client, sales).context["form"]["needed_by"].value() == (now + timedelta(days=14)).date()


def test_what_is_known_of_the_prospect_is_kept(client, sales, now):
    send(client, sales, now, prospect_level="vp", concerns=" Data residency ", avoid="Prices", prospect_time_zone="Asia/Tokyo")

    request = ReferenceRequest.objects.get()
    assert (request.prospect_level, request.concerns, request.avoid) == ("vp", "Data residency", "Prices")
    assert request.prospect_time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-1, "This day has passed."),
        (0, "Nobody can be found and asked that soon (typical: 2 working days)."),
        (30, "You have an answer by"),
        (400, "Choose a day within a year of today."),
    ],
)
def test_the_day_is_told_beside_the_field_and_when_sent(client, sales, now, days, sentence):
    day = (now + timedelta(days=days)).date().isoformat()

    assert sentence in get(client, sales, "request-day", f"needed_by={day}").content.decode()
    if days != 30:
        assert sentence in send(client, sales, now, needed_by=day).content.decode()


def test_a_day_that_is_none_is_told_nothing(client, sales):
    for typed in ("", "2026-02-30", "soon", "\x00"):
        assert get(client, sales, "request-day", f"needed_by={typed}").content.decode().strip() == ""


def test_several_are_asked_one_after_the_other(client, sales, now):
    first, second, third = (make_reference(now=now) for _number in range(3))
    places = {f"place_{first.pk}": "2", f"place_{second.pk}": "1", f"place_{third.pk}": "3"}

    send(client, sales, now, query=f"advocate={first.pk}&advocate={second.pk}&advocate={third.pk}", **places)

    assert ReferenceRequest.objects.get().candidates.current().get().advocate == second
    assert line() == [first, third]
    assert not first.asks.exists()  # nobody's place is held in line


def test_whoever_is_chosen_no_more_is_not_asked(client, sales, now):
    advocate = make_reference(now=now)

    send(client, sales, now, query=f"advocate={advocate.pk}", **{f"place_{advocate.pk}": ""})

    assert ReferenceRequest.objects.get().status == "open"


def test_where_the_first_was_taken_meanwhile_the_second_is_asked(client, sales, advocate, ask, now):
    ask(advocate)
    second = make_reference(now=now)

    send(client, make_user("sales"), now, query=f"advocate={advocate.pk}&advocate={second.pk}")

    request = ReferenceRequest.objects.first()
    assert request.candidates.current().get().advocate == second


def test_favourites_and_the_best_for_the_deal_are_offered(client, sales, now):
    retail = make_industry("Retail")
    deal = make_opportunity(external_id="006-1", industry=retail)
    liked = make_reference(now=now)
    fits = make_reference(now=now, account=make_account(industry=retail))
    Favourite.objects.create(user=sales, advocate=liked)

    offered = get(client, sales, query=f"opportunity={deal.external_id}").context["picks"]

    assert [pick.advocate for pick in offered] == [liked, fits]
    assert "Same industry: Retail" in offered[1].reasons
    assert [pick.place for pick in offered] == [0, 0]


def test_the_cost_of_the_form_does_not_grow_with_those_chosen(client, sales, now):
    people = [make_reference(now=now) for _number in range(3)]
    costs = []
    get(client, sales)
    for chosen in (people[:1], people):
        with CaptureQueriesContext(connection) as captured:
            get(client, sales, query="&".join(f"advocate={person.pk}" for person in chosen))
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 30


@pytest.mark.parametrize("fields", [{"place_99999999": "1"}, {"place_x": "1"}, {"place_1": "many"}])
def test_strange_places_leave_it_to_the_team(client, sales, now, fields):
    send(client, sales, now, **fields)

    assert ReferenceRequest.objects.get().status == "open"


def test_nobody_hidden_can_be_put_into_the_order(client, sales, now):
    hidden = make_reference(status="candidate", now=now)

    send(client, sales, now, **{f"place_{hidden.pk}": "1"})

    assert not ReferenceRequest.objects.get().candidates.exists()


# Between the search and the request -----------------------------------------------------------


def offered(client, sales, advocate):
    """The fields of a form in which the advocate stands first."""
    page = get(client, sales, query=f"advocate={advocate.pk}").content.decode()
    return {f"place_{advocate.pk}": 1, f"seen_{advocate.pk}": seen(page, advocate)}


def seen(page, advocate):
    return page.split(f'seen_{advocate.pk}" value="')[1].split('"')[0]


def test_somebody_who_paused_in_the_meantime_is_told_and_the_words_are_kept(client, sales, advocate, now):
    fields = offered(client, sales, advocate)
    advocate.status = "paused"
    advocate.save()

    page = send(client, sales, now, **fields).content.decode()

    assert "Somebody you chose can no longer be found." in page
    assert "How the first weeks went." in page
    assert not ReferenceRequest.objects.exists()
    send(client, sales, now)
    assert line() == []


def test_somebody_with_another_employer_since_is_read_again_before_they_are_asked(client, sales, advocate, now):
    fields = offered(client, sales, advocate)
    advocate.title = "Head of Trains"
    advocate.save()

    again = send(client, sales, now, **fields).content.decode()

    assert "has another job or employer since" in again
    assert not ReferenceRequest.objects.exists()
    send(client, sales, now, **fields | {f"seen_{advocate.pk}": seen(again, advocate)})
    assert ReferenceRequest.objects.get().candidates.get().advocate == advocate

"""The pages: what stands on them, for whom, and at what cost."""

from datetime import UTC, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Verification
from outbox.models import Message
from references import services
from references.models import ReferenceRequest
from references.times import shown
from tests.factories import activity, make_account, make_industry, make_opportunity, make_reference, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def get(client, user, name, *args, query="", **headers):
    client.force_login(user)
    return client.get(f"{reverse(name, args=args)}?{query}", **headers)


def post(client, user, name, *args, query="", **data):
    client.force_login(user)
    return client.post(f"{reverse(name, args=args)}?{query}", data, follow=True)


def words(now, **fields):
    return {
        "activity_type": activity().pk,
        "format": "call",
        "wants_to_hear": "How the first weeks went.",
        "needed_by": (now + timedelta(days=14)).date().isoformat(),
        "form_token": uuid4(),
    } | fields


def queries(client, user, name, *args, query=""):
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{reverse(name, args=args)}?{query}")
    return len(captured)


# No contact data to sales ---------------------------------------------------------------------


def test_no_page_tells_sales_an_address_or_a_name(client, sales, advocate, ask, csm, now):
    advocate.bio = "Write to zoe@northwind.example."
    advocate.save()
    request = ask(advocate)
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)
    services.schedule_request(request=request, at=now + timedelta(days=3), by=csm, now=now)
    pages = [
        get(client, sales, "advocates"),
        get(client, sales, "advocates", query="q=claims"),
        get(client, sales, "advocates", headers={"HX-Request": "true"}),
        get(client, sales, "advocate", advocate.pk),
        get(client, sales, "requests"),
        get(client, sales, "request", request.pk),
        get(client, sales, "request-new", query=f"advocate={advocate.pk}"),
        get(client, sales, "request-opportunities", query="opportunity=Deal"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert not [leak for leak in ("zoe@", "northwind", "lindqvist") if leak in page.content.decode().lower()]


def test_the_csm_sees_the_address_on_profile_and_request(client, csm, advocate, ask):
    request = ask(advocate)

    assert "mailto:zoe@northwind.example" in get(client, csm, "advocate", advocate.pk).content.decode()
    assert "mailto:zoe@northwind.example" in get(client, csm, "request", request.pk).content.decode()


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_slip_in_the_year_of_a_call_is_told(client, advocate, ask, csm, now, at):
    request = ask(advocate)
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)

    assert "Choose a day within a year of today." in post(client, csm, "request-schedule", request.pk, at=at).content.decode()
    assert ReferenceRequest.objects.get().status == "approved"


def test_an_outcome_the_csm_wrote_names_nobody_to_sales(client, sales, advocate, ask, csm, now):
    request = ask(advocate)
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)
    services.schedule_request(request=request, at=now + timedelta(days=3), by=csm, now=now)
    services.complete_request(request=request, by=csm, outcome="Zoë Lindqvist spoke for an hour.", now=now + timedelta(days=4))

    assert "the customer spoke for an hour." in get(client, sales, "request", request.pk).content.decode()
    assert "Zoë Lindqvist spoke for an hour." in get(client, csm, "request", request.pk).content.decode()


def test_a_leader_sees_names_but_no_address(client, advocate):
    page = get(client, make_user("leader"), "advocate", advocate.pk).content.decode()

    assert "Zoë Lindqvist" in page
    assert "zoe@" not in page


def test_the_prospects_address_is_for_the_requester_and_the_approver(client, sales, csm, advocate, ask):
    request = ask(advocate, prospect_name="Pat Doe", prospect_email="pat@prospect.example")

    assert "pat@prospect.example" in get(client, sales, "request", request.pk).content.decode()
    assert "pat@prospect.example" in get(client, csm, "request", request.pk).content.decode()
    assert "pat@prospect.example" not in get(client, make_user("leader"), "request", request.pk).content.decode()


# The search page ------------------------------------------------------------------------------


def test_htmx_gets_the_lower_part_and_the_address_of_the_search(client, sales, advocate):
    page = get(client, sales, "advocates", query="q=claims&free=1&hat=1", headers={"HX-Request": "true"})

    assert "<html" not in page.content.decode()
    assert page["HX-Push-Url"] == "/advocates/?q=claims&free=1"
    assert "HX-Request" in page["Vary"]


def test_somebody_who_is_not_free_says_from_when(client, sales, advocate, ask, csm, now):
    request = ask(advocate)
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)

    page = get(client, sales, "advocates").content.decode()

    assert "Another ask is under way." in page
    assert "Ask for a reference" not in page


def test_nothing_found_names_the_choice_to_give_up_and_what_that_gives(client, sales, advocate):
    page = get(client, sales, "advocates", query=f"region=emea&industry={make_industry('Retail').pk}").content.decode()

    assert "Without industry Retail there is 1" in page
    assert f'href="{reverse("advocates")}?region=emea"' in page
    assert reverse("request-new") in page


def test_words_that_fit_nobody_are_offered_to_be_given_up(client, sales, advocate):
    page = get(client, sales, "advocates", query="region=emea&q=elephant").content.decode()

    assert "Without “elephant” there is 1" in page
    assert queries(client, sales, "advocates", query="region=emea&q=elephant") <= 24


def test_the_cost_of_the_search_page_does_not_grow(client, sales, now):
    make_industry()
    make_story(make_reference(now=now))
    get(client, sales, "advocates", query="q=claims")
    one = queries(client, sales, "advocates", query="q=claims")
    for _number in range(2):
        make_story(make_reference(now=now))

    # The first search after a change brings the counts up to date.
    get(client, sales, "advocates", query="q=claims")
    assert queries(client, sales, "advocates", query="q=claims") == one <= 20


# Asking ---------------------------------------------------------------------------------------


def test_a_request_is_sent_in_one_form(client, sales, advocate, now):
    deal = make_opportunity(name="Harbour extension")

    post(client, sales, "request-new", query=f"advocate={advocate.pk}&region=emea", **words(now, opportunity="harbour ext"))

    request = ReferenceRequest.objects.get()
    assert (request.status, request.opportunity, request.wanted) == ("proposed", deal, {"region": ["emea"]})


def test_the_same_form_twice_is_one_request(client, sales, advocate, now):
    form = words(now)
    for _time in range(2):
        page = post(client, sales, "request-new", query=f"advocate={advocate.pk}", **form)

    assert ReferenceRequest.objects.count() == 1
    assert page.redirect_chain == [(ReferenceRequest.objects.get().get_absolute_url(), 302)]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "This day has passed."), (1, "Nobody can be found and asked that soon (typical: 2 working days).")],
)
def test_an_unrealistic_day_is_told_at_the_field_and_nothing_is_lost(client, sales, now, days, sentence):
    page = post(client, sales, "request-new", **words(now, needed_by=(now + timedelta(days=days)).date().isoformat()))

    assert sentence in page.content.decode()
    assert "How the first weeks went." in page.content.decode()
    assert not ReferenceRequest.objects.exists()


def test_an_advocate_taken_in_the_meantime_is_told_and_the_form_is_kept(client, sales, advocate, ask, now):
    ask(advocate)

    page = post(client, sales, "request-new", query=f"advocate={advocate.pk}", **words(now)).content.decode()

    assert "This advocate cannot be asked at present. Another ask is under way." in page
    assert "How the first weeks went." in page


def test_a_deal_is_prefilled_from_the_crm_link(client, sales):
    deal = make_opportunity(name="Harbour extension", external_id="006-1")

    assert (
        'value="Harbour extension (006-1)"'
        in get(client, sales, "request-new", query=f"opportunity={deal.external_id}").content.decode()
    )


def test_several_deals_of_one_name_are_told_apart_by_their_number(client, sales, now):
    for number in (1, 2):
        make_opportunity(name="Harbour", external_id=f"006-{number}")

    page = post(client, sales, "request-new", **words(now, opportunity="Harbour")).content.decode()

    assert "Harbour (006-1); Harbour (006-2)" in page


def test_asking_again_starts_from_what_was_written(client, sales, advocate, ask, csm, now):
    request = ask(advocate)
    services.decline_candidate(candidate=request.candidates.get(), by=csm, note="On leave.", now=now)

    assert "How the first weeks went." in get(client, sales, "request-new", query=f"again={request.pk}").content.decode()
    assert "How the first weeks" not in get(client, csm, "request-new", query=f"again={request.pk}").content.decode()


@pytest.mark.parametrize(
    "query", ["advocate=abc", "advocate=²", "opportunity=%00", "again=x", "again=²", "opportunity=none", "industry=zz"]
)
def test_a_strange_address_opens_an_empty_form(client, sales, query):
    assert get(client, sales, "request-new", query=query).status_code == 200


def test_an_advocate_nobody_may_see_cannot_be_asked(client, sales):
    hidden = make_reference(status="candidate")

    hidden_page, unknown_page = (
        get(client, sales, "request-new", query=f"advocate={pk}").content.decode() for pk in (hidden.pk, 10**9)
    )

    assert "Somebody you chose can no longer be found." in hidden_page
    assert "Somebody you chose can no longer be found." in unknown_page
    assert hidden.title not in hidden_page


# Requests -------------------------------------------------------------------------------------


def test_the_steps_of_a_request_in_the_browser(client, sales, csm, advocate, ask, now):
    request = ask(advocate)
    post(client, csm, "request-approve", request.pk)
    post(client, csm, "request-schedule", request.pk, at=(now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))
    ReferenceRequest.objects.update(scheduled_for=now - timedelta(hours=1))
    post(client, sales, "request-complete", request.pk, outcome="They signed.", influenced="yes")

    assert ReferenceRequest.objects.get().influenced is True
    assert "They signed." in get(client, sales, "request", request.pk).content.decode()
    assert advocate.asks.get().state == "done"


def test_a_time_is_the_clock_on_the_writers_wall(client, csm, advocate, ask, now):
    csm.time_zone = "Asia/Singapore"
    csm.save()
    request = ask(advocate)
    post(client, csm, "request-approve", request.pk)
    day = (now + timedelta(days=3)).date().isoformat()
    post(client, csm, "request-schedule", request.pk, at=f"{day}T15:00")

    request.refresh_from_db()
    assert request.scheduled_for.astimezone(UTC).isoformat() == f"{day}T07:00:00+00:00"
    assert "15:00 (Asia/Singapore)" in get(client, csm, "request", request.pk).content.decode()
    assert "07:00 (UTC)" in Message.objects.get(key__contains=":scheduled:").text


def test_a_prospect_is_offered_what_a_prospect_can_be_given(client, sales, advocate):
    form = get(client, sales, "request-new", query=f"advocate={advocate.pk}").context["form"]
    offered = set(form.fields["activity_type"].queryset.values_list("code", flat=True))
    assert "reference-call" in offered
    assert offered.isdisjoint({"award", "referral", "advisory-board"})


def test_the_requester_reads_whose_turn_it_is(client, sales, csm, advocate, ask):
    page = get(client, sales, "request", ask(advocate).pk).content.decode()
    assert f"it is the turn of {csm.name}" in page


def test_whoever_has_the_next_step_is_not_told_to_wait_for_themselves(client, sales, csm, advocate, ask, now):
    request = ask(advocate)
    services.approve_candidate(candidate=request.candidates.get(), by=csm, now=now)
    services.schedule_request(request=request, at=now + timedelta(days=3), by=csm, now=now)

    page = get(client, sales, "request", request.pk).content.decode()

    assert "Nothing for you to do now" not in page
    assert f"They speak on {shown(now + timedelta(days=3), sales.time_zone)}." in page


def test_whoever_only_waited_in_line_was_not_tried(client, sales, csm, advocate, ask, now):
    request = ask(advocate)
    services.queue_candidates(request=request, advocates=[make_reference(now=now)], by=sales, now=now)
    services.cancel_request(request=request, by=sales, now=now)

    page = get(client, sales, "request", request.pk).context["page"]

    assert [entry.advocate for entry in page.line.tried] == [advocate.pk]


def test_each_row_is_linked_by_its_deal(client, sales, csm, advocate, ask, now):
    requests = [ask(advocate, opportunity=make_opportunity(name="First deal")), ask(make_reference(now=now))]
    text = get(client, sales, "requests", query="view=mine").content.decode()
    for request in requests:
        deal = request.opportunity or f"Without a deal ({request.pk})"
        assert f'<a href="{request.get_absolute_url()}">{deal}</a>' in text


def test_a_profile_that_is_not_free_offers_no_request(client, sales, advocate, ask):
    address = f"{reverse('request-new')}?advocate={advocate.pk}"
    assert address in get(client, sales, "advocate", advocate.pk).content.decode()
    ask(advocate)
    assert address not in get(client, sales, "advocate", advocate.pk).content.decode()


def test_a_refused_step_says_why(client, csm, advocate, ask):
    request = ask(advocate)
    post(client, csm, "request-decline", request.pk, note="On leave.")

    assert "cannot become" in post(client, csm, "request-approve", request.pk).content.decode()


def test_a_step_for_a_request_without_an_advocate_says_so(client, team, ask):
    assert "Nobody is put forward" in post(client, team, "request-approve", ask().pk).content.decode()


def test_an_advocate_is_put_forward_for_an_open_request(client, team, advocate, ask):
    request = ask()
    assert "Put forward" in get(client, team, "advocates", query=f"request={request.pk}").content.decode()

    post(client, team, "request-propose", request.pk, advocate=advocate.pk)

    assert ReferenceRequest.objects.get().status == "proposed"


@pytest.mark.parametrize("name", ["request-approve", "request-cancel", "request-propose", "advocate-still-right"])
def test_nothing_changes_by_opening_an_address(client, team, advocate, ask, name):
    request = ask(advocate)
    pk = advocate.pk if name.startswith("advocate") else request.pk

    assert get(client, team, name, pk).status_code == 405


@pytest.mark.parametrize("query", ["view=all", "view=mine&status=ended", "view=hat&status=hat&page=x"])
def test_the_list_takes_only_what_it_knows(client, sales, advocate, ask, query):
    ask(advocate)

    assert get(client, sales, "requests", query=query).status_code == 200


def test_each_sees_the_requests_that_concern_them(client, sales, csm, advocate, ask):
    request = ask(advocate)

    for user, sees in [(sales, True), (csm, True), (make_user("sales"), False), (make_user("csm"), False)]:
        assert (request.get_absolute_url() in get(client, user, "requests", query="view=all").content.decode()) is sees


def test_the_cost_of_the_list_does_not_grow(client, sales, ask, now):
    ask(make_reference(now=now))
    one = queries(client, sales, "requests", query="view=mine")
    for _number in range(2):
        ask(make_reference(now=now))

    assert queries(client, sales, "requests", query="view=mine") == one <= 12


# Profiles -------------------------------------------------------------------------------------


def test_one_press_says_that_a_section_is_still_right(client, csm, advocate):
    before = Verification.objects.count()
    post(client, csm, "advocate-still-right", advocate.pk, section="contact")
    post(client, csm, "advocate-still-right", advocate.pk, section="hat")

    assert Verification.objects.count() == before + 1
    assert Verification.objects.get(verified_by=csm).section == "contact"


# The board ------------------------------------------------------------------------------------


def test_the_board_shows_what_is_late_first_and_whose_turn_it_is(client, team, csm, advocate, ask, now):
    late, fresh = ask(advocate, at=now - timedelta(days=1)), ask()
    ReferenceRequest.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1))

    page = get(client, team, "request-board").content.decode()

    assert "1 step is late." in page
    assert page.index(late.get_absolute_url()) < page.index(fresh.get_absolute_url())
    assert fresh.get_absolute_url() not in get(client, team, "request-board", query=f"holder={csm.pk}").content.decode()
    assert late.get_absolute_url() not in get(client, team, "request-board", query="holder=team").content.decode()


def test_the_board_counts_only_what_its_reader_may_see(client, advocate, ask):
    ask(advocate)
    assert list(get(client, make_user("sales"), "request-board").context["holders"]) == []


def test_the_cost_of_the_board_does_not_grow(client, team, ask, now):
    ask(make_reference(now=now))
    one = queries(client, team, "request-board")
    for _number in range(2):
        ask(make_reference(now=now))

    assert queries(client, team, "request-board") == one <= 14


def test_the_line_is_put_into_another_order_and_stopped(client, sales, advocate, ask, now):
    first, second, third = (make_reference(now=now) for _number in range(3))
    request = ask(advocate, line=[first, second, third])
    pks = {candidate.advocate_id: candidate.pk for candidate in request.candidates.in_line()}

    post(client, sales, "request-line", request.pk, up=pks[third.pk])
    post(client, sales, "request-line", request.pk, out=pks[first.pk])
    page = post(client, sales, "request-go-on", request.pk, alone="no").content.decode()

    assert [candidate.advocate for candidate in request.candidates.in_line()] == [third, second]
    assert "You have stopped this" in page


def test_whoever_waits_in_line_is_not_known_to_their_csm_yet(client, advocate, ask, now):
    other = make_user("csm")
    request = ask(advocate, line=[make_reference(now=now, account=make_account(csm=other))])

    assert get(client, other, "request", request.pk).status_code == 404


def test_a_note_on_one_advocate_names_nobody_when_another_is_asked(client, sales, csm, advocate, ask, now):
    request = ask(advocate, line=[make_reference(now=now)])
    services.decline_candidate(
        candidate=request.candidates.current().get(), by=csm, note="Zoë Lindqvist of Northwind moves.", now=now
    )

    page = get(client, sales, "request", request.pk).content.decode()

    assert "moves." in page
    assert not [leak for leak in ("Lindqvist", "Northwind") if leak in page]


def test_the_requester_puts_somebody_in_line_from_the_search_and_the_csm_swaps(client, sales, csm, advocate, ask, now):
    request, second, third = ask(advocate), make_reference(now=now), make_reference(now=now)

    post(client, sales, "request-propose", request.pk, advocate=second.pk)
    assert [candidate.advocate for candidate in request.candidates.in_line()] == [second]
    post(client, csm, "request-propose", request.pk, advocate=third.pk)
    assert request.candidates.current().get().advocate == third


def test_not_now_and_another_of_mine_stand_on_the_page_of_the_csm(client, sales, csm, advocate, ask, now):
    request, mine = ask(advocate), make_reference(now=now, name="Ada Mine", account=make_account(csm=csm))

    page = get(client, csm, "request", request.pk).content.decode()
    assert "Ada Mine" in page
    assert "Not now" in page
    assert "Ada Mine" not in get(client, sales, "request", request.pk).content.decode()
    post(client, csm, "request-other", request.pk, advocate=mine.pk, note="Knows more.", seen="proposed")
    assert request.candidates.current().get().advocate == mine

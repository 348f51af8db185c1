from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy import services
from advocacy.models import Advocate, Consent, Interview, InterviewDraft, PersonMatch, Recruitment
from tests.advocacy.recruits import make_candidate, make_interview, make_recruitment
from tests.factories import activity, make_account, make_advocate, make_user

# A page of the portal shows a profile as the search may show it.
NEEDS_SEARCH_ROWS = True
pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def csm():
    return make_user("csm", time_zone="Europe/Berlin")


def as_user(client, user):
    client.force_login(user)
    return client


def text_of(response):
    return response.content.decode()


def nominate(client, **fields):
    data = {"account": "Harbour Bank", "name": "Ada Nilsen", "title": "CIO", "why": "She tells it well."} | fields
    return client.post(reverse("put-forward"), data, follow=True)


def step(client, recruitment, name, **data):
    return client.post(reverse("recruitment-step", args=[recruitment.pk, name]), data, follow=True)


def test_a_colleague_nominates_in_one_form_and_sees_what_became_of_it(client, csm):
    make_account(name="Harbour Bank", csm=csm)
    page = text_of(nominate(as_user(client, make_user("colleague"))))
    assert "has been told" in page
    assert "She tells it well." in page
    assert "Ada Nilsen" in text_of(client.get(reverse("recruiting"), {"of": "mine"}))


def test_the_team_picks_the_people_without_a_company(client):
    nowhere = make_recruitment(advocate=make_advocate(account=None, status="candidate"))
    somewhere = make_recruitment(advocate=make_advocate(status="candidate"))

    page = text_of(as_user(client, make_user("advocacy_team")).get(reverse("recruiting"), {"of": "unlinked"}))

    assert nowhere.advocate.name in page
    assert somewhere.advocate.name not in page


def test_a_leader_is_offered_no_customers_of_their_own(client):
    page = text_of(as_user(client, make_user("leader")).get(reverse("recruiting"), {"of": "unlinked"}))
    assert "My customers" not in page
    assert "Without a company" not in page


def test_a_company_that_several_fit_is_asked_for_and_nothing_is_lost(client):
    for domain in ("a.example", "b.example"):
        make_account(name="Harbour Bank", domain=domain)
    page = text_of(nominate(as_user(client, make_user("sales"))))
    assert "Harbour Bank (a.example); Harbour Bank (b.example)" in page
    assert "She tells it well." in page
    nominate(client, account="Harbour Bank (b.example)")
    assert Advocate.objects.get().account.domain == "b.example"


def test_an_advocate_is_told_of_kindly_and_without_a_way_to_a_hidden_profile(client, csm):
    known = make_advocate(name="Ada Nilsen", account=make_account(name="Harbour Bank", csm=csm))
    page = text_of(nominate(as_user(client, make_user("sales"))))
    assert "is an advocate already" in page
    assert csm.name in page
    assert known.get_absolute_url() not in page
    assert known.get_absolute_url() in text_of(nominate(as_user(client, csm)))


def test_an_address_does_not_tell_whose_it_is(client, csm):
    make_account(name="Harbour Bank")
    make_advocate(name="Zoe Quist", email="z@north.example", account=make_account(name="North", csm=csm))
    page = text_of(nominate(as_user(client, make_user("sales")), email="z@north.example"))
    assert "Ada Nilsen is an advocate already" in page
    assert not [leak for leak in ("Zoe Quist", csm.name) if leak in page]


def test_what_happened_at_an_interview_is_not_for_whoever_nominated(client, csm):
    colleague = make_user("sales")
    recruitment = make_recruitment(csm=csm)
    recruitment = services.put_forward(advocate=recruitment.advocate, by=colleague, why="Loud.", now=NOW)
    services.plan_interview(recruitment=recruitment, interviewer=csm, planned_for=NOW + timedelta(days=1), by=csm, now=NOW)
    services.miss_interview(interview=Interview.objects.get(), by=csm, why="In hospital.", now=NOW + timedelta(days=1))
    assert "In hospital." not in text_of(as_user(client, colleague).get(recruitment.get_absolute_url()))
    assert "In hospital." in text_of(as_user(client, csm).get(recruitment.get_absolute_url()))


def test_figures_and_addresses_are_for_those_who_look_after_the_customer(client, csm):
    person = make_candidate(account=make_account(csm=csm), email="ada@secret.example")
    services.keep_suggestions_current(now=NOW)
    colleague = make_user("sales")
    recruitment = services.put_forward(advocate=person, by=colleague, why="Loud.", now=NOW)
    for reader, sees in ((colleague, False), (csm, True)):
        page = text_of(as_user(client, reader).get(recruitment.get_absolute_url()))
        assert ("NPS of 9 or more" in page) is sees
        assert ("ada@secret.example" in page) is sees


def test_the_csm_leads_somebody_from_the_plan_to_active(client, csm):
    recruitment = make_recruitment(csm=csm)
    as_user(client, csm)
    at = (NOW + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert "Planned." in text_of(step(client, recruitment, "plan", planned_for=at, interviewer=csm.pk))
    interview = Interview.objects.get()
    saved = client.post(interview.get_absolute_url(), interview_form(), follow=True)
    assert "Make an active advocate" in text_of(saved)
    assert "An active advocate" in text_of(step(client, recruitment, "activate"))
    assert Advocate.objects.get(pk=recruitment.advocate_id).status == "active"


def interview_form(**fields):
    call, talk = activity("reference-call"), activity("speaking")
    return {
        "held_at": (NOW - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "passion": "4",
        f"willing_{call.pk}": "yes",
        f"cap_{call.pk}": "1",
        f"willing_{talk.pk}": "",
        "challenge": "Nine days.",
        "consents": ["reference_contact"],
        "consent_method": "spoken",
        "consent_evidence": "Call of 3 May.",
        "results-TOTAL_FORMS": "5",
        "results-INITIAL_FORMS": "0",
        "results-0-measure": "Days",
        "results-0-before": "9",
        "results-0-after": "2",
    } | fields


def test_publishing_needs_a_yes_that_can_be_read_and_nothing_typed_is_lost(client, csm):
    interview = make_interview(make_recruitment("interview_planned", csm=csm))
    as_user(client, csm)
    page = text_of(client.post(interview.get_absolute_url(), interview_form(consents=["use_quote"])))
    assert "needs their yes in writing" in page
    assert "Nine days." in page
    assert not Consent.objects.exists()
    client.post(interview.get_absolute_url(), interview_form(consents=["use_quote"], consent_method="mail"))
    assert Consent.objects.get().text_shown == "My quote may be used as approved by me."


def test_what_is_typed_is_kept_and_stands_there_again(client, csm):
    interview = make_interview(make_recruitment("interview_planned", csm=csm))
    as_user(client, csm)
    client.post(reverse("interview-draft", args=[interview.pk]), interview_form(challenge="Half a sen", held_at=""))
    page = text_of(client.get(interview.get_absolute_url()))
    assert "Half a sen" in page
    assert 'value="Days"' in page
    client.post(interview.get_absolute_url(), interview_form())
    assert not InterviewDraft.objects.exists()


def test_not_now_without_a_reason_is_asked_for_one(client, csm):
    recruitment = make_recruitment(csm=csm)
    as_user(client, csm)
    assert "This field is required" in text_of(step(client, recruitment, "not-now", until="2999-01-01"))
    assert "within two years" in text_of(step(client, recruitment, "not-now", until="2999-01-01", why="A merger."))
    assert Recruitment.objects.get().status == "nominated"


def test_the_team_links_whoever_offered_themselves(client):
    recruitment = make_recruitment(advocate=make_candidate(account=None), source="themselves")
    make_account(name="Harbour Bank")
    as_user(client, make_user("advocacy_team"))
    assert "Link the company" in text_of(client.get(recruitment.get_absolute_url()))
    step(client, recruitment, "link", account="Harbour")
    assert Advocate.objects.get(pk=recruitment.advocate_id).account.name == "Harbour Bank"


def test_each_state_is_counted_and_what_the_system_took_back_is_not(client, csm):
    for status in ("suggested", "nominated", "nominated", "active"):
        make_recruitment(status, csm=csm)
    make_recruitment("not_now", csm=csm)
    client = as_user(client, make_user("advocacy_team"))
    states = {name: count for name, _label, count in client.get(reverse("recruiting")).context["states"]}
    assert states == {
        "under_way": 3, "suggested": 1, "nominated": 2, "interview_planned": 0, "interviewed": 0, "active": 1, "not_now": 0
    }  # fmt: skip


@pytest.mark.parametrize("page", ["recruiting", "person-matches"])
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(client, page):
    as_user(client, make_user("advocacy_team"))
    counts = []
    for more in (1, 2):
        for _row in range(more):
            recruitment = make_recruitment("interview_planned", nominated_by=make_user("sales"))
            make_interview(recruitment, planned_for=NOW)
            PersonMatch.objects.create(advocate=recruitment.advocate, other=make_advocate(), reasons=["name"])
        client.get(reverse(page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(page))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_team_joins_two_profiles_from_the_page(client):
    old, new = make_advocate(name="Ada Nilsen"), make_advocate(name="Ada Nilsen", status="candidate")
    match = PersonMatch.objects.create(advocate=old, other=new, reasons=["name", "rare"])
    as_user(client, make_user("advocacy_team"))
    assert "Hardly anybody else has this name" in text_of(client.get(reverse("person-match", args=[match.pk])))
    client.post(reverse("person-match-same", args=[match.pk]), {"works_at": "other"})
    old.refresh_from_db()
    assert old.account == new.account
    assert f'<a href="{old.get_absolute_url()}">open it</a>' in text_of(client.get(new.get_absolute_url()))


def test_only_the_team_is_led_to_the_decision_on_two_profiles(client, csm):
    recruitment = make_recruitment(csm=csm)
    PersonMatch.objects.create(advocate=make_advocate(account=recruitment.advocate.account), other=recruitment.advocate)
    pages = [text_of(as_user(client, user).get(recruitment.get_absolute_url())) for user in (csm, make_user("advocacy_team"))]
    assert ["Compare the profiles" in page for page in pages] == [False, True]


def test_the_start_page_shows_a_csm_whose_next_step_is_due(client, csm):
    make_recruitment("suggested", csm=csm)
    make_recruitment("active", csm=csm)
    make_recruitment("nominated")
    context = as_user(client, csm).get("/").context
    assert [row.recruitment.status for row in context["recruits"]] == ["suggested"]


def test_the_start_page_counts_for_the_team_what_nobody_has_placed(client):
    make_recruitment(advocate=make_candidate(account=None))
    PersonMatch.objects.create(advocate=make_candidate(), other=make_candidate())
    context = as_user(client, make_user("advocacy_team")).get("/").context
    assert (context["unlinked_people"], context["known_twice"]) == (1, 1)

"""Asks of marketing, product, PR and analyst relations: the CSM's word first, and the same ledger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.exceptions import AdvocateUnavailable, WordsNeeded
from advocacy.models import Ask
from advocacy.services import (
    allow_ask,
    ask_for_team,
    finish_ask,
    note_answer,
    refuse_ask,
    release_lapsed_asks,
    withdraw_ask,
)
from outbox import clocks
from outbox.models import Message
from tests.factories import NOW, activity, make_account, make_reference, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def marketing():
    return make_user("colleague")


@pytest.fixture
def customer(csm):
    account = make_account(name="Acme, Inc", csm=csm, customer_since=NOW.date() - timedelta(days=800), metrics_as_of=NOW.date())
    return make_reference("case-study", now=NOW, account=account, name="Anna Reyes", email="anna@acme.example", nps_on=NOW.date())


def asked(customer, by, **changes):
    fields = {"team": "marketing", "purpose": "A case study for spring.", "counts_on": NOW.date(), "now": NOW}
    return ask_for_team(advocate=customer, activity_type=activity("case-study"), by=by, **fields | changes)


def recipients(kind):
    return list(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_the_csm_is_asked_for_their_word_before_the_customer(customer, csm, marketing):
    ask = asked(customer, marketing)

    assert (ask.state, ask.source, ask.team) == ("proposed", "campaign", "marketing")
    assert recipients("ask_word") == [csm.email]


def test_the_csm_of_the_customer_needs_nobodys_word(customer, csm):
    assert asked(customer, csm).state == "asked"
    assert recipients("ask_word") == []


def test_two_teams_cannot_ask_the_same_customer_at_once(customer, marketing):
    asked(customer, marketing)

    with pytest.raises(AdvocateUnavailable, match="Another ask is under way"):
        asked(customer, make_user("colleague"))


def test_the_form_sent_twice_is_one_ask(customer, marketing):
    token = "6f2f2b5e-6e5c-4b53-9f0e-5f0c5a5d5d5d"

    assert asked(customer, marketing, form_token=token) == asked(customer, marketing, form_token=token)


def test_from_the_word_to_what_came_of_it(customer, csm, marketing):
    ask = asked(customer, marketing)
    allow_ask(ask=ask, by=csm, now=NOW)
    note_answer(ask=ask, said_yes=True, by=marketing, now=NOW)
    finish_ask(ask=ask, outcome="Published in May.", by=marketing, now=NOW)

    ask.refresh_from_db()
    assert (ask.state, ask.outcome) == ("done", "Published in May.")
    assert recipients("ask_word_given") == [marketing.email]


def test_a_not_now_gives_the_place_back_and_says_why(customer, csm, marketing):
    ask = asked(customer, marketing)
    with pytest.raises(WordsNeeded):
        refuse_ask(ask=ask, by=csm, why=" ", now=NOW)
    refuse_ask(ask=ask, by=csm, why="They merge in March.", now=NOW)

    assert "They merge in March." in Message.objects.get(kind="ask_word_given").text
    assert asked(customer, marketing).state == "proposed"


def test_a_no_of_the_customer_starts_their_rest(customer, csm, marketing):
    ask = asked(customer, csm)
    note_answer(ask=ask, said_yes=False, by=csm, now=NOW)

    with pytest.raises(AdvocateUnavailable, match="Said no not long ago"):
        asked(customer, marketing)


def test_whoever_hears_nothing_is_told_so_once(customer, marketing):
    asked(customer, marketing)
    later = NOW + timedelta(days=3)
    release_lapsed_asks(now=later)
    clocks.run(clocks.rule_of("ask_lapsed"), later)
    clocks.run(clocks.rule_of("ask_lapsed"), later)

    assert recipients("ask_word_given") == [marketing.email]


def test_withdrawing_gives_the_place_back(customer, marketing):
    ask = withdraw_ask(ask=asked(customer, marketing), by=marketing, now=NOW)

    assert ask.state == "cancelled"


# Pages ------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, marketing, csm):
    account = make_account(name="Acme, Inc", csm=csm)
    make_reference("case-study", account=account, name="Anna Reyes", email="anna@acme.example")
    client.force_login(marketing)
    return client


def send(client, person, **changes):
    fields = {"team": "marketing", "purpose": "A case study.", "activity_type": activity("case-study").pk}
    fields |= {"form_token": "6f2f2b5e-6e5c-4b53-9f0e-5f0c5a5d5d5e", "counts_on": "2999-01-01", "person": person}
    return client.post(reverse("ask-new"), fields | changes)


@pytest.mark.parametrize("person", ["Anna Reyes, Acme, Inc", "ANNA@acme.example"])
def test_a_customer_is_meant_by_name_and_company_or_by_address(page, person):
    response = send(page, person, counts_on=_today())

    ask = Ask.objects.get()
    assert response.url == reverse("ask", args=[ask.pk])
    assert "Anna Reyes" in page.get(response.url).content.decode()


@pytest.mark.parametrize("person", ["Anna", "Anna Reyes", "Acme", "nobody@acme.example", "%, %", "<script>, Acme, Inc"])
def test_a_part_of_a_name_finds_nobody(page, person):
    response = send(page, person, counts_on=_today())

    assert "We do not know this person" in response.content.decode()
    assert not Ask.objects.exists()


def test_an_unavailable_customer_is_refused_with_the_reason_and_the_words_kept(page):
    send(page, "anna@acme.example", counts_on=_today())
    response = send(
        page, "anna@acme.example", counts_on=_today(), form_token="6f2f2b5e-6e5c-4b53-9f0e-5f0c5a5d5d5f", purpose="Another one."
    )

    said = response.content.decode()
    assert "Please do not ask this person now." in said
    assert "Another ask is under way." in said
    assert "Another one." in said


def test_names_are_suggested_only_where_they_may_be_told(page, csm):
    assert "Anna" not in page.get(reverse("ask-people"), {"person": "an"}).content.decode()

    page.force_login(csm)
    assert "Anna Reyes, Acme, Inc" in page.get(reverse("ask-people"), {"person": "an"}).content.decode()


def test_sales_does_not_learn_from_the_ledger_who_is_behind_a_blind_label(client):
    sales = make_user("sales")
    ask = Ask.objects.create(
        advocate=make_reference(name="Hidden Person"),
        activity_type=activity(),
        asked_by=sales,
        source="reference_request",
        counts_on=NOW.date(),
    )
    client.force_login(sales)

    assert client.get(reverse("ask", args=[ask.pk])).status_code == 404
    assert "Hidden Person" not in client.get(reverse("asks")).content.decode()


def test_the_list_needs_the_same_queries_for_one_ask_and_for_three(client, csm):
    client.force_login(csm)
    account = make_account(csm=csm)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("asks"), {"view": "customers"})
        return len(captured)

    asked(make_reference("case-study", now=NOW, account=account), csm)
    one = queries()
    for _number in range(2):
        Ask.objects.create(
            advocate=make_reference("case-study", account=account),
            activity_type=activity("case-study"),
            asked_by=csm,
            counts_on=NOW.date(),
        )
    assert queries() == one


def _today():
    return timezone.localdate().isoformat()


def test_the_csm_reads_at_home_who_wants_to_ask_their_customers(page, csm):
    send(page, "anna@acme.example", counts_on=_today())
    page.force_login(csm)

    assert "A case study." in page.get(reverse("home")).content.decode()


def test_only_a_no_of_the_customer_has_words_to_write(client, customer, csm, marketing):
    ask = asked(customer, marketing)
    allow_ask(ask=ask, by=csm, now=NOW)
    client.force_login(marketing)

    shown = client.get(reverse("ask", args=[ask.pk])).content.decode()

    assert 'id="words-no"' in shown
    assert "Needed no more" in shown
    assert 'id="words-withdraw"' not in shown

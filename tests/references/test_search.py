"""What a search finds, for whom, and what it says about it."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from advocacy.models import Advocate
from advocacy.services import record_consent, verify_section
from references.models import SearchRow
from references.search import Search, cards_for, find, total_of
from references.search.whole import ids_of
from tests.factories import (
    activity,
    make_account,
    make_advocate,
    make_industry,
    make_product,
    make_reference,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def search(user, query, now):
    return find(Search.from_query(QueryDict(query)), user, activity(), now)


def found(user, query, now):
    return set(search(user, query, now).asks)


def cards(user, query, now):
    asked = Search.from_query(QueryDict(query))
    return cards_for(find(asked, user, activity(), now), asked, user, activity(), now)


def make_findable(now, **fields):
    """An advocate anybody may find, confirmed today."""
    advocate = make_advocate(created_at=now, **fields)
    for section in ("contact", "role", "willingness", "story"):
        verify_section(advocate=advocate, section=section, method="csm", now=now)
    return advocate


def allow(advocate, purpose, now, **fields):
    record_consent(
        purpose=purpose, given_by="Zoë", method="mail", text_shown="You may.", now=now,
        **{"advocate": advocate, "decision": "given"} | fields,
    )  # fmt: skip


def test_the_address_holds_the_whole_search():
    query = "q=night+shift&activity=review&free=1&order=fresh&after=a1&plain=sap&region=emea&region=apac&product=4"

    assert set(Search.from_query(QueryDict(query)).as_query_string().split("&")) == set(query.split("&"))


@pytest.mark.parametrize(
    "query", ["industry=abc", "region=mars", "level=", "industry=-1", "product=99999999999999999999", "page=x", "hat=1"]
)
def test_what_is_not_ours_is_left_out_of_the_search(query):
    assert Search.from_query(QueryDict(query)) == Search()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%27%22%28%29%3A%2A%26%7C%21", "q=" + "a" * 5000, "q=%E2%80%AE", "industry=999", "page=99999"]
)
def test_a_strange_search_is_answered(sales, advocate, now, query):
    search(sales, query, now)


@pytest.mark.parametrize("text", ["claims", "Claim", "operations", "healthcare", "spital", '"two days"', "queue OR elephant"])
def test_text_finds_title_story_and_taxonomy(sales, now, text):
    industry = make_industry("Healthcare", synonyms=["spital"])
    advocate = make_findable(now, account=make_account(industry=industry))
    make_story(advocate)

    assert found(sales, f"q={text}", now) == {advocate.pk}


@pytest.mark.parametrize("text", ["elephants", '"days two"', "claims -queue", "claims elephants"])
def test_text_leaves_out_what_does_not_fit(sales, now, text):
    make_story(make_findable(now))

    assert search(sales, f"q={text}", now).total == 0


@pytest.mark.parametrize("text", ["Betriebsfuhrung", "BETRIEBSFÜHRUNG", "betriebsführung"])
def test_accents_and_case_make_no_difference(sales, now, text):
    advocate = make_findable(now, title="Betriebsführung")

    assert found(sales, f"q={text}", now) == {advocate.pk}


def test_values_of_a_facet_are_or_and_facets_are_and(sales, now):
    here = make_findable(now, level="vp", account=make_account(country="DE"))
    there = make_findable(now, level="director", account=make_account(country="US"))
    make_findable(now, level="manager", account=make_account(country="US"))

    assert found(sales, "level=vp&level=director", now) == {here.pk, there.pk}
    assert found(sales, "level=vp&level=director&region=americas", now) == {there.pk}


def test_a_product_is_one_of_those_the_account_uses(sales, now):
    insight, relay = make_product("Insight"), make_product("Relay")
    advocate = make_findable(now)
    advocate.account.products.add(insight, relay)

    assert found(sales, f"product={relay.pk}", now) == {advocate.pk}
    assert search(sales, f"product={relay.pk + 1}", now).total == 0


def test_free_now_is_what_the_ledger_says(sales, now, advocate, ask):
    assert found(sales, "free=1", now) == {advocate.pk}

    ask(advocate)

    assert found(sales, "free=1", now) == set()
    assert search(sales, "free=1", now).without["free"] == 1


def test_of_two_equal_fits_the_less_asked_comes_first(sales, now, ask):
    asked, plain, told = [make_reference(now=now, created_at=now) for _number in range(3)]
    for advocate in (asked, told):
        make_story(advocate, results=[{"measure": "Days", "before": 9, "after": 2}])
    for advocate in (asked, plain, told):
        for section in ("willingness", "story"):
            verify_section(advocate=advocate, section=section, method="csm", now=now)
    ask(asked)

    assert list(search(sales, "", now).asks.items()) == [(told.pk, 0), (asked.pk, 1), (plain.pk, 0)]
    assert list(search(sales, "order=least_asked", now).asks.items()) == [(told.pk, 0), (plain.pk, 0), (asked.pk, 1)]


@pytest.mark.parametrize("status", ["candidate", "paused", "retired"])
def test_only_active_advocates_are_found(team, now, status):
    make_findable(now, status=status)

    assert search(team, "", now).total == 0


def test_a_profile_nobody_confirmed_leaves_the_search_after_the_grace(sales, now):
    advocate = make_findable(now)

    assert found(sales, "", now + timedelta(days=180 + 59)) == {advocate.pk}
    assert found(sales, "", now + timedelta(days=180 + 60)) == set()


# Who may know whom ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["lindqvist", "zoe", "northwind", "lindquist", "northwnd", "northwind.example", "zoe@northwind.example"]
)
def test_a_name_finds_nobody_for_those_who_may_not_know_it(sales, advocate, now, text):
    assert search(sales, f"q={text}", now).total == 0


@pytest.mark.parametrize("text", ["lindqvist", "zoe", "northwind"])
def test_a_name_finds_for_the_csm_and_for_those_who_see_every_advocate(csm, team, advocate, now, text):
    assert found(csm, f"q={text}", now) == found(team, f"q={text}", now) == {advocate.pk}


def test_leaving_a_name_out_does_not_tell_whose_it_is(sales, csm, advocate, now):
    assert found(sales, "q=claims -northwind", now) == {advocate.pk}
    assert search(csm, "q=claims -northwind", now).total == 0


def test_a_name_in_a_story_finds_nobody_and_is_not_shown(sales, now, advocate):
    advocate.stories.all().delete()
    make_story(
        advocate,
        headline="How Northwind moved",
        quote="I, Zoe Lindqvist of Northwind, write from zoe@northwind.example or call +49 170 1234567.",
    )

    (card,) = cards(sales, "q=moved", now)

    assert search(sales, "q=northwind", now).total == 0
    assert (card.headline, card.names) == ("How the company moved", "")
    assert card.quote == "I, the customer of the company, write from … or call …."


@pytest.mark.parametrize(
    ("purpose", "text", "names"),
    [("use_name_title", "lindqvist", "Zoë Lindqvist"), ("use_company_name", "northwind", "Northwind Freight GmbH")],
)
def test_a_consent_lets_the_name_be_found_and_shown_while_it_is_in_force(sales, advocate, now, purpose, text, names):
    allow(advocate, purpose, now, expires_on=now.date() + timedelta(days=10))
    last_day = now + timedelta(days=9)

    assert [card.names for card in cards(sales, f"q={text}", last_day)] == [names]
    assert cards(sales, f"q={text}", last_day + timedelta(days=1)) == []

    allow(advocate, purpose, now + timedelta(hours=1), decision="withdrawn")
    assert cards(sales, f"q={text}", last_day) == []


def test_the_account_has_the_last_word_on_its_name(sales, advocate, now):
    allow(advocate, "use_company_name", now)
    allow(None, "use_company_name", now, account=advocate.account, decision="withdrawn")

    assert search(sales, "q=northwind", now).total == 0


def test_a_locked_down_account_is_never_named(sales, advocate, now):
    allow(advocate, "use_company_name", now)
    advocate.account.publicity_status = "locked_down"
    advocate.account.save()

    assert search(sales, "q=northwind", now).total == 0


def test_the_search_sees_the_same_people_as_every_other_list(now, csm, sales, team):
    for status in Advocate.Status.values:
        make_findable(now, status=status, account=make_account(csm=csm))
        make_findable(now, status=status)

    for user in (csm, sales, team, make_user("leader"), make_user("colleague"), make_user("judge")):
        visible = set(Advocate.objects.visible_to(user).values_list("pk", flat=True))
        assert set(SearchRow.objects.visible_to(user).values_list("pk", flat=True)) == visible


# What a card says -----------------------------------------------------------------------------


def test_a_card_says_why_it_is_there(sales, now, advocate):
    advocate.account.industry = make_industry("Logistics")
    advocate.account.save()

    (card,) = cards(sales, f"q=claims operations&industry={advocate.account.industry_id}", now)

    assert card.label == "Head of Operations, Logistics, EMEA, Enterprise"
    assert card.reasons == [
        "“operations” in the job title",
        "“claims” in the story",
        "Industry: Logistics",
        "Has told a story",
        "Not asked in the last 90 days",
    ]


def test_the_reasons_do_not_tell_a_name(sales, now, advocate):
    (card,) = cards(sales, "q=claims OR northwind", now)

    assert card.reasons[0] == "“claims” in the story"


def walk(user, query, now, towards="next", start=""):
    """The ids of each page in turn."""
    answer = search(user, f"{query}&after={start}", now)
    pages = [list(answer.asks)]
    while place := getattr(answer, towards):
        answer = search(user, f"{query}&{'after' if towards == 'next' else 'before'}={place}", now)
        pages.append(list(answer.asks))
    return pages


@pytest.mark.parametrize("few", [5_000, 0], ids=["sorted", "by the stored order"])
@pytest.mark.parametrize("order", ["best", "fresh", "least_asked"])
def test_the_pages_hold_everybody_once_and_lead_back(sales, now, order, few, monkeypatch):
    people = {make_findable(now, tier=tier).pk for tier in ("gold", "none", "gold", "silver", "none")}
    monkeypatch.setattr("references.search.places.PER_PAGE", 2)
    monkeypatch.setattr("references.search.finding.FEW_RESULTS", few)
    monkeypatch.setattr("references.search.whole.FEW_RESULTS", few)

    pages = walk(sales, f"order={order}", now)

    assert [len(page) for page in pages] == [2, 2, 1]
    assert {pk for page in pages for pk in page} == people
    assert ids_of(Search(order=order), sales, now, limit=9) == [pk for page in pages for pk in page]
    assert total_of(Search(), sales, activity(), now) == len(people)
    past_the_end = walk(sales, f"order={order}", now, "previous", start=f"0.{max(people)}")
    assert [pk for page in reversed(past_the_end) for pk in page] == [pk for page in pages for pk in page]


@pytest.mark.parametrize("place", ["x", "1", "1.", ".1", "-1.2", "1.2.3", "9" * 50 + ".1", "1." + "9" * 50, "%00.%00", "1.²"])
def test_a_place_that_is_none_is_the_first_page(sales, now, place):
    advocate = make_findable(now)

    assert list(search(sales, f"after={place}", now).asks) == [advocate.pk]


def test_a_word_being_typed_finds_what_it_will_find(sales, now):
    advocate = make_findable(now, account=make_account(industry=make_industry("Logistics")))
    make_findable(now)

    for text in ("logis", "operations logis", "-elephants logis"):
        assert found(sales, f"q={text}", now) == {advocate.pk}
    assert found(sales, "q=logis operations", now) == found(sales, 'q="logis"', now) == set()


@pytest.mark.parametrize("text", ["the", "%25_", '"', "the or of", "-"])
def test_a_text_without_words_leaves_nobody_out(sales, now, text):
    advocate = make_findable(now)

    assert found(sales, f"q={text}", now) == {advocate.pk}


@pytest.mark.parametrize("text", ["claims", "claims OR zebra", "claims -zebra", '"waited nine"', "-zebra"])
def test_words_that_many_have_are_kept_and_stay_true(sales, csm, now, text, advocate, monkeypatch):
    monkeypatch.setattr("references.search.finding.MANY_HAVE", 0)
    for user in (sales, csm):
        assert found(user, f"q={text}", now) == {advocate.pk}

    other = make_findable(now)
    make_story(other)
    advocate.stories.update(challenge="", headline="A zebra", quote="", solution="", results_text="")

    for user in (sales, csm):
        assert found(user, f"q={text}", now) == {other.pk} | ({advocate.pk} if text == "claims OR zebra" else set())

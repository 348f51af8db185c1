"""The search page: what the words were taken for, the choices beside the results, and what an empty result offers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Content
from advocacy.services import record_consent
from outbox.models import Message
from references.models import UnmetNeed
from references.vocabulary import learn_words
from tests.factories import make_account, make_industry, make_product, make_reference, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def page(client, sales):
    def page(query="", user=None, **headers):
        client.force_login(user or sales)
        response = client.get(f"{reverse('advocates')}?{query}", headers=headers)
        assert response.status_code == 200
        return response.content.decode()

    return page


@pytest.fixture
def insurer(advocate):
    """The advocate works in insurance and uses SAP."""
    advocate.account.industry = make_industry("Insurance", synonyms=["insurer"])
    advocate.account.save()
    advocate.account.products.add(make_product("SAP"))
    return advocate


def test_understood_words_can_be_taken_as_they_stand_or_away(page, insurer):
    text = page("q=insurer+sap+claims")

    assert "1 advocate" in text
    assert 'href="/advocates/?q=insurer+sap+claims&amp;plain=sap"' in text
    assert 'href="/advocates/?q=insurer+claims"' in text
    assert 'href="/advocates/?q=insurer+sap"' in text  # without the word that was left over


def test_an_understood_value_is_ticked_but_not_sent_again(page, insurer):
    box = page("q=insurer").split(f'id="industry-{insurer.account.industry_id}"')[1].split(">")[0]

    assert " checked" in box
    assert " disabled" in box


def test_a_card_says_what_was_understood_and_found(page, insurer):
    text = page("q=insurer+claim")

    assert "Industry: Insurance" in text
    assert "“claim” in the story" in text


def test_a_misspelled_word_is_put_right_with_the_way_back(page, insurer):
    learn_words()

    text = page("q=insurrance+operatoins")

    assert "1 advocate" in text
    assert "Showing results for <strong>operations</strong> instead of <bdi>operatoins</bdi>." in text
    assert "plain=operatoin" in text
    assert 'value="insurrance operatoins"' in text


def test_a_name_is_neither_offered_nor_taken_for_well_spelled(page, advocate):
    learn_words()

    assert "Lindqvist" not in page("q=lindqvst").replace("lindqvst", "")
    assert "Showing results for" not in page("q=lindqvst") + page("q=northwind")
    assert "Showing results for" in page("q=lindqvst", user=make_user("advocacy_team"))


def test_the_order_is_one_of_a_list(page, now):
    for _number in range(2):
        make_story(make_reference(now=now))

    assert '<a href="/advocates/?order=fresh" aria-current="true">' in page("order=fresh")
    assert 'aria-current="true">Best first</a>' in page("order=salary")


# A long facet ---------------------------------------------------------------------------------


@pytest.fixture
def many_industries(now):
    for number in range(10):
        make_reference(now=now, account=make_account(industry=make_industry(f"Trade {number}")))


def test_a_long_facet_shows_the_first_values_and_a_search_inside(page, many_industries):
    text = page()

    assert text.count('name="industry"') == 6
    assert "4 more" in text
    assert 'name="find_industry"' in text
    assert 'name="find_region"' not in text


def test_the_search_inside_works_by_the_address_alone(page, many_industries):
    text = page("find_industry=trade+9")

    assert text.count('name="industry"') == 1
    assert "Trade 9" in text


def test_a_chosen_value_stays_in_sight(page, many_industries):
    chosen = make_industry("Trade 9").pk

    assert f'value="{chosen}" checked' in page(f"industry={chosen}&find_industry=trade+3")


def test_htmx_gets_the_values_of_one_facet_alone(page, many_industries):
    text = page("find_industry=trade+9", **{"HX-Request": "true", "HX-Target": "values-industry"})

    assert text.count("form-check-input") == 1
    assert "results-heading" not in text


# Nobody fits ----------------------------------------------------------------------------------


def test_a_word_that_was_understood_can_be_given_up(page, insurer):
    make_industry("Retail")

    text = page("q=retail+sap")

    assert '<a href="/advocates/?q=sap">Without industry Retail there is 1</a>' in text


def test_where_one_choice_less_is_not_enough_one_is_offered_to_be_kept(page, insurer):
    retail = make_industry("Retail").pk

    text = page(f"industry={retail}&level=vp&product={make_product('SAP').pk}")

    assert f'<a href="/advocates/?product={make_product("SAP").pk}">With only product SAP there is 1</a>' in text


def test_what_was_looked_for_in_vain_is_kept_once_a_day(page, sales, insurer):
    make_industry("Retail")
    for _time in range(2):
        page("q=retail+elephants&region=apac")

    need = UnmetNeed.objects.get()
    assert (need.user, need.text, need.industry.name, need.region) == (sales, "elephants", "Retail", "apac")
    assert need.query == "q=retail+elephants&region=apac"


def test_a_half_typed_word_is_no_need_until_its_reader_stays(client, page, sales, insurer):
    assert 'hx-trigger="load delay:' in page("q=eleph", **{"HX-Request": "true"})
    assert not UnmetNeed.objects.exists()

    client.post(reverse("advocates-in-vain"), {"query": "q=elephants"})
    client.post(reverse("advocates-in-vain"), {"query": "q=claims"})  # finds somebody

    assert UnmetNeed.objects.get().text == "elephants"


def test_one_press_asks_the_team_and_says_so(client, page, sales, team, insurer):
    page("q=elephants")
    told = client.post(reverse("advocates-ask-team"), {"query": "q=elephants"}, follow=True)
    client.post(reverse("advocates-ask-team"), {"query": "q=elephants"})

    assert "The advocacy team has been asked." in told.content.decode()
    assert UnmetNeed.objects.get().asks_team
    assert Message.objects.get(kind="reference_wanted").recipient == team.email


def test_nothing_wanted_is_no_need(page):
    page()
    page("q=the+of")

    assert not UnmetNeed.objects.exists()


# What is at hand ------------------------------------------------------------------------------


def test_a_film_is_for_us_only_until_the_person_allows_it(page, advocate, now):
    Content.objects.create(advocate=advocate, kind="video", title="At the dock")
    Content.objects.create(advocate=advocate, kind="quote", title="Old", expires_on=now.date())
    assert "Video <span" in page()

    record_consent(
        advocate=advocate, purpose="use_video", decision="given", given_by="Zoë", method="mail", text_shown="You may.", now=now
    )

    assert "<span>Video</span>" in page()
    assert "<span>Quote" not in page()


# Bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["q=the+of+and", "q=%22unbalanced", "q=%25+_+%25_", "q=%F0%9F%99%82", "q=%27%3B+DROP+TABLE+x%3B--", "q=%D7%A9%D7%9C%D7%95%D7%9D", "q=-", "q=OR",
     "q=%00", "plain=%00&q=sap", "order=x&after=%00&before=zzz", "industry=x&country=zz&tier=hat", "find_industry=%00%25", "page=999999", "request=x",
     "after=" + "a" * 500, "q=%E2%80%AEabc", "activity=%00"],
)  # fmt: skip
def test_whatever_is_in_the_address_is_answered(page, advocate, query):
    page(query)


def test_a_very_long_text_is_cut_and_says_so(page, advocate):
    text = page("q=" + "elephant+" * 1250)

    assert "Only the first 200 characters were looked for." in text
    assert len(UnmetNeed.objects.get().text) <= 200


def test_words_that_find_nothing_by_themselves_find_everybody(page, advocate):
    assert "1 advocate" in page("q=the+of+and")


def test_the_cost_of_the_page_does_not_grow_with_its_cards(client, sales, now):
    def cost(query):
        client.get(f"{reverse('advocates')}?{query}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{reverse('advocates')}?{query}")
        return len(captured)

    client.force_login(sales)
    make_story(make_reference(now=now))
    one = cost("q=claims+sap")
    for _number in range(2):
        make_story(make_reference(now=now))

    assert cost("q=claims+sap") == one <= 24

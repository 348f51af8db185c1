"""What the words of a search are taken for, and what stays text."""

import pytest
from django.http import QueryDict

from references.search import FACETS, Search
from references.search.understand import read
from tests.factories import activity, make_industry, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taxonomy():
    make_industry("Healthcare", synonyms=["hospital", "health care"])
    make_industry("Energy", synonyms=["oil & gas"])
    make_industry("Technology", synonyms=["it"])
    make_product("SAP")
    make_product("GTX Pro")


def reading(text, **more):
    query = QueryDict(mutable=True)
    query["q"] = text
    for name, values in more.items():
        query.setlist(name, map(str, values))
    return read(Search.from_query(query))


def understood(text, **more):
    """Each facet with the label of what was understood, and the words left over."""
    found = reading(text, **more)
    return {term.term.facet: term.term.label for term in found.terms}, found.search.text


def test_four_words_become_four_choices():
    facets, rest = understood("healthcare cio germany sap")

    assert facets == {"industry": "Healthcare", "level": "C-level", "country": "Germany", "product": "SAP"}
    assert rest == ""


@pytest.mark.parametrize(
    ("text", "facet", "label"),
    [
        ("Hospitals", "industry", "Healthcare"),
        ("oil and gas", "industry", "Energy"),
        ("gtx pro", "product", "GTX Pro"),
        ("Chief Information Security Officer", "level", "C-level"),
        ("senior vice presidents", "level", "VP"),
        ("head of", "level", "Director"),
        ("mid-market", "segment", "Mid-market"),
        ("APAC", "region", "APAC"),
        ("français", "language", "French"),
        ("german-speaking", "language", "German"),
        ("speaks German", "language", "German"),
        ("german", "country", "Germany"),
        ("DE", "country", "Germany"),
        ("US", "country", "United States of America"),
        ("uk", "country", "United Kingdom"),
        ("Côte d'Ivoire", "country", "Côte d'Ivoire"),
        ("in Jordan", "country", "Jordan"),
        ("dach", "country", "DACH"),
        ("case studies", "willing", "Case study"),
        ("keynote speakers", "willing", "Speaking"),
        ("gold tier", "tier", "Gold"),
    ],
)
def test_a_word_means_what_a_salesperson_means_by_it(text, facet, label):
    if facet in FACETS:
        assert understood(text) == ({facet: label}, "")


@pytest.mark.parametrize(
    "text", ["it", "IT", "AI", "no", "us", "de", "jordan", "press", "video", '"sap"', "-sap", '"hospital', "claims"]
)
def test_a_word_that_means_something_else_in_most_sentences_stays_text(text):
    assert understood(text)[0] == {}


def test_the_longest_phrase_goes_first():
    assert understood("vice president germany")[0]["level"] == "VP"
    assert understood("german speaking cio")[0] == {"language": "German", "level": "C-level"}


def test_what_is_left_over_is_looked_for_without_words_that_find_nothing():
    assert understood("a head of operations in the hospital with claims") == (
        {"level": "Director", "industry": "Healthcare"},
        "operations claims",
    )
    assert understood("the of and")[1] == ""


@pytest.mark.parametrize(
    ("text", "facets", "rest"),
    [
        ("hospital OR energy", 2, ""),
        ("sap OR elephants", 0, "sap OR elephants"),
        ("claims or queue", 0, "claims or queue"),
        ("OR", 0, ""),
        ("claims -queue", 0, "claims -queue"),
    ],
)
def test_or_joins_values_of_one_facet_else_it_is_text(text, facets, rest):
    found = reading(text)

    assert (sum(len(values) for _name, values in found.search.selected), found.search.text) == (facets, rest)


def test_two_values_of_a_facet_are_either_and_come_beside_those_chosen():
    energy, technology = make_industry("Energy"), make_industry("Technology")

    search = reading("energy", industry=[technology.pk]).search

    assert search.values["industry"] == (technology.pk, energy.pk)


def test_a_piece_taken_back_is_text_or_gone():
    found = reading("healthcare sap claims")
    sap = found.terms[1]

    assert found.as_text(sap).as_query_string() == "q=healthcare+sap+claims&plain=sap"
    assert read(found.as_text(sap)).search.text == "sap claims"
    assert found.without(sap).text == "healthcare claims"


def test_a_longer_phrase_taken_back_is_not_understood_in_parts():
    assert understood("chief energy officer", plain=["chief energy officer"]) == ({}, "chief energy officer")


def test_a_new_word_of_the_taxonomy_is_understood_at_once():
    assert understood("fisheries")[0] == {}
    industry = make_industry("Fishery")
    assert understood("fisheries")[0] == {"industry": "Fishery"}

    industry.synonyms = ["trawlers"]
    industry.save()
    assert understood("trawler")[0] == {"industry": "Fishery"}


def test_an_activity_is_what_they_are_willing_to_do():
    assert reading("sap speaker").search.values["willing"] == (activity("speaking").pk,)


@pytest.mark.parametrize(
    "text", ['"', "- -", "''", "%_%", "🙂", "'; DROP TABLE x; --", "\u202eabc", "((((", "&", '"""', "or or or", "a" * 10_000]
)
def test_whatever_is_typed_is_read(text):
    reading(text)

"""Words that find nobody are taken for what was probably meant, if that finds this reader somebody."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from references.models import SearchWord, WordChange
from references.search import Search
from references.search.understand import read, vocabulary
from references.search.understand.corrections import corrected, distance
from references.vocabulary import learn_words, rebuild_words
from tests.factories import make_industry, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_words(advocate):
    """The advocate is Zoë Lindqvist of Northwind Freight, Head of Operations; sales may know none of the names."""
    make_industry("Healthcare")
    make_product("SAP")
    learn_words()


@pytest.fixture
def put_right(now):
    def put_right(text, user, **more):
        reading = read(Search.from_query(QueryDict(f"q={text}")))
        found = corrected(reading, user, now.date(), vocabulary())
        return found and found.meant.text

    return put_right


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("operatoins", "operations"),
        ("clams", "claims"),
        ("helthcare", "healthcare"),
        ("helthcare operatoins", "healthcare operations"),
        ("branchs claims", None),  # both are found, by the same stem
        ("xylophone", None),
        ("operatoins xylophone", None),
        ('"operatoins"', None),
        ("-operatoins", None),
        ("operatoins&plain=operatoins", None),
        ("%25_%25 ' OR 1=1", None),
    ],
)
def test_a_misspelled_word_is_put_right(put_right, sales, text, meant):
    assert put_right(text, sales) == meant


@pytest.mark.parametrize("text", ["lindqvst", "nortwind", "lindqvist", "northwind"])
def test_a_name_is_offered_to_nobody_who_may_not_know_it(put_right, sales, text):
    assert put_right(text, sales) is None


@pytest.mark.parametrize(("text", "meant"), [("lindqvst", "lindqvist"), ("nortwind", "northwind")])
def test_a_name_is_offered_to_those_who_may_know_it(put_right, csm, team, text, meant):
    assert put_right(text, csm) == put_right(text, team) == meant


def test_a_name_one_may_not_know_is_corrected_like_any_other_word(put_right, sales, advocate):
    """Else the page would tell that there is somebody of this name, by taking it for well spelled."""
    advocate.name = "Zoë Clams"
    advocate.save()
    learn_words()

    assert put_right("clams", sales) == "claims"


def test_a_profile_that_has_left_the_search_is_no_reason_to_offer_its_words(put_right, sales, advocate, now):
    advocate.verifications.all().delete()
    advocate.created_at = now - timedelta(days=400)
    advocate.save()

    assert put_right("operatoins", sales) is None


def test_words_come_and_go_with_their_texts(advocate, now):
    assert SearchWord.objects.filter(word__in=["lindqvist", "freight", "operations", "branches"]).count() == 4

    advocate.name = "Ada Berg"
    advocate.save()
    assert learn_words() == 1

    assert not SearchWord.objects.filter(word="lindqvist").exists()
    assert SearchWord.objects.filter(word__in=["berg", "operations"]).count() == 2
    assert not WordChange.objects.exists()


def test_a_word_somebody_else_still_uses_stays(advocate):
    advocate.stories.update(headline="Nothing much", challenge="Operations waited.")
    advocate.title = ""
    advocate.save()
    learn_words()

    assert SearchWord.objects.filter(word="operations").exists()


def test_rebuilding_gives_the_words_that_were_learned():
    learned = set(SearchWord.objects.values_list("word", flat=True))

    assert rebuild_words() == len(learned)
    assert set(SearchWord.objects.values_list("word", flat=True)) == learned


def test_no_address_becomes_a_word(advocate):
    advocate.stories.update(quote="Write to zoe@secrets.example or https://hidden.example.")
    learn_words()

    assert not SearchWord.objects.filter(word__in=["secrets", "hidden", "example"]).exists()


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("", "ab", 2), ("claims", "claims", 0), ("ab", "ba", 1), ("clams", "claims", 1)]
)
def test_slips_are_counted(one, other, slips):
    assert distance(one, other) == distance(other, one) == slips

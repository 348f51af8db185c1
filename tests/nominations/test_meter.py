"""What the meter finds, on sentences, on real stories and on anything at all."""

import csv
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nominations import meter
from nominations.models import Nomination
from tests.real_input import needs_real_input, real_file

NUMBER, BEFORE, PERSON = range(3)


def found(which, **fields):
    return meter.read(Nomination(**fields))[which].found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Manual work fell by 40 percent in two quarters.", ["40 percent", "two quarters"]),
        ("Claims are settled in 2 days instead of 9.", ["2 days"]),
        ("We saved $1.2 million since March 2024.", ["$1.2 million", "since March 2024"]),
        ("A simple permit takes 5 weeks.", ["5 weeks"]),
        ("3,000 permits a year, with 12 branches.", ["3,000 permits", "12 branches", "a year"]),
        ("Ten times the releases each month.", ["Ten times", "each month"]),
        ("In 2021 we moved to version 2 of it. 4. Clerks saw two options.", ["In 2021"]),
        ("It is much faster now and everyone is happy.", []),
    ],
)
def test_numbers_are_found_with_their_unit_and_period(text, words):
    assert found(NUMBER, business_outcome=text) == words


def test_a_row_of_results_says_number_and_period():
    row = {"measure": "Days to settle", "before": "9", "after": "2", "unit": "days", "period": "12 months"}
    assert found(NUMBER, results=[row]) == ["2 days", "12 months"]
    assert found(BEFORE, results=[row]) == ["9 days"]


def test_what_is_not_found_is_asked_for():
    asked = [mark.wanted for mark in meter.read(Nomination(headline="40 percent less work"))]
    assert asked[NUMBER] == "Over which time, or since when?"
    assert all(asked)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"headline": "Two days instead of nine"}, ["instead of nine"]),
        ({"before_state": "Nine days and three systems."}, ["Nine days and three systems"]),
        ({"narrative": "Clerks used to carry each file upstairs. Now not."}, ["used to carry each file upstairs"]),
        ({"narrative": "Before Monday it was paper."}, ["Before Monday it was paper"]),
        ({"before_state": "n/a", "narrative": "It is used to check, before the release."}, []),
    ],
)
def test_a_before_is_found(fields, words):
    assert found(BEFORE, **fields) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada no longer works at night.", ["Ada"]),
        ("The night shift goes home on time, and nurses sleep.", ["night shift", "nurses"]),
        ("She sleeps again.", ["She"]),
        ("The dashboard is green.", []),
    ],
)
def test_a_person_is_found(text, words):
    assert found(PERSON, human_element=text, nominee_as_given={"name": "Ada Berg"}) == words


@given(
    st.text(max_size=400), st.lists(st.dictionaries(st.sampled_from(["before", "after", "unit", "period"]), st.text(max_size=20)))
)
@example("1 " * 200, [])
@example("from 1 a b to ", [{"before": "0"}])
def test_whatever_is_typed_the_meter_answers_with_the_writers_own_words(text, rows):
    nomination = Nomination(before_state=text, narrative=text, human_element=text, results=rows)
    squeezed = " ".join(" ".join([text, *(part for row in rows for part in row.values())]).split())
    for mark in meter.read(nomination):
        assert mark.found or mark.wanted
        assert all(word in squeezed for words in mark.found for word in words.split())


HOSTILE = [
    "9",
    "9 ",
    "nine ",
    "from 1 a to ",
    "9,",
    "a year ",
    "before ",
    "12 branches ",
    "é",
    " ",
    "$9",
    "half a ",
    "nurse ",
    "200",
    "9% a year ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_twenty_thousand_characters_take_a_moment(piece):
    text = (piece * 20_000)[:20_000]
    nomination = Nomination(**dict.fromkeys(meter.TEXTS, text), nominee_as_given={"name": "Ada Berg"})
    started = time.process_time()
    meter.read(nomination)
    assert time.process_time() - started < 2  # seconds of work for seven such texts; a square would take minutes


@needs_real_input
def test_real_stories_show_what_they_have():
    with real_file("stories/stories.csv").open(encoding="utf-8", newline="") as file:
        stories = {row["slug"]: meter.read(Nomination(narrative=row["body"], quote=row["quote"])) for row in csv.DictReader(file)}
    found = [sum(bool(marks[which].found) for marks in stories.values()) for which in range(3)]
    assert len(stories) == 112
    assert "70%" in stories["to-automate-everything-for-a-digital-transformation-journey"][NUMBER].found
    assert min(found) > 20

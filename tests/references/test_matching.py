"""The formula: what fits, what does not, and how much it weighs. No database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.matching import LEVELS, SEGMENTS, Deal, Person, match

DEAL = Deal(
    industries=frozenset({"Healthcare"}),
    regions=frozenset({"EMEA"}),
    segments=frozenset({"mid_market"}),
    levels=frozenset({"vp"}),
    products=frozenset({"Insight", "Flow"}),
)
PEER = Person(industry="Healthcare", region="EMEA", segment="mid_market", level="vp", products=frozenset({"Insight", "Flow"}))


def test_a_peer_in_everything_scores_a_hundred_and_says_why():
    found = match(DEAL, PEER)

    assert found.score == 100
    assert found.fits == [
        "Same industry: Healthcare", "Same level: VP", "Uses Flow, Insight", "Same company size: Mid-market", "Same region: EMEA",
    ]  # fmt: skip
    assert found.misfits == []


def test_what_does_not_fit_is_said():
    found = match(DEAL, Person(industry="Retail", region="APAC", segment="mid_market", level="practitioner"))

    assert found.score == 15
    assert found.misfits == [
        "Another industry: Retail",
        "Another level: Practitioner",
        "Does not use Flow, Insight",
        "Another region: APAC",
    ]


def test_unknown_facts_of_the_advocate_give_nothing_and_are_said():
    assert match(DEAL, Person()).misfits == [
        "Industry not known", "Level not known", "Does not use Flow, Insight", "Company size not known", "Region not known",
    ]  # fmt: skip


def test_what_is_unknown_of_the_deal_is_not_weighed():
    assert match(Deal(industries=frozenset({"Healthcare"})), PEER).score == 100
    assert match(Deal(), PEER).score == 0


@pytest.mark.parametrize(
    ("level", "score", "sentence"),
    [
        ("vp", 100, "Same level: VP"),
        ("c_level", 50, "One level higher: C-level"),
        ("director", 50, "One level lower: Director"),
        ("practitioner", 0, "Another level: Practitioner"),
    ],
)
def test_a_neighbouring_level_counts_half(level, score, sentence):
    found = match(Deal(levels=frozenset({"vp"})), Person(level=level))

    assert (found.score, [*found.fits, *found.misfits]) == (score, [sentence])


def test_each_product_wanted_counts_its_part():
    found = match(Deal(products=frozenset({"Insight", "Flow"})), Person(products=frozenset({"Flow", "Other"})))

    assert (found.score, found.fits) == (50, ["Uses Flow, not Insight"])


def test_passion_decides_between_two_for_the_stage_and_not_in_writing():
    lively, quiet = (
        Person(industry="Healthcare", passion=5, self_promotion=4),
        Person(industry="Healthcare", passion=1, self_promotion=2),
    )
    on_stage, in_writing = Deal(industries=frozenset({"Healthcare"}), in_person=True), Deal(industries=frozenset({"Healthcare"}))

    assert match(on_stage, lively).score > match(on_stage, quiet).score
    assert match(on_stage, lively).fits[1:] == ["Speaks with passion", "Likes to stand in front"]
    assert match(on_stage, quiet).misfits == ["Rather quiet in person", "Prefers the background"]
    assert match(in_writing, lively) == match(in_writing, quiet)


def test_a_peer_who_is_quiet_beats_a_lively_stranger():
    on_stage = Deal(industries=frozenset({"Healthcare"}), levels=frozenset({"vp"}), in_person=True)

    quiet_peer = Person(industry="Healthcare", level="vp", passion=1, self_promotion=1)
    assert match(on_stage, quiet_peer).score > match(on_stage, Person(passion=5, self_promotion=5)).score


some = st.sampled_from
deals = st.builds(
    Deal,
    industries=st.frozensets(some(["Healthcare", "Retail"])),
    regions=st.frozensets(some(["EMEA", "APAC"])),
    segments=st.frozensets(some(SEGMENTS)),
    levels=st.frozensets(some(LEVELS)),
    products=st.frozensets(some(["Insight", "Flow"])),
    in_person=st.booleans(),
)
people = st.builds(
    Person,
    industry=some(["", "Healthcare", "Retail"]),
    region=some(["", "EMEA"]),
    segment=some(["", *SEGMENTS, "gone"]),
    level=some(["", *LEVELS, "gone"]),
    products=st.frozensets(some(["Insight", "Other"])),
    passion=st.none() | st.integers(1, 5),
    self_promotion=st.none() | st.integers(1, 5),
)


@settings(max_examples=60)
@given(deals, people)
def test_the_score_stays_between_nothing_and_everything(deal, person):
    found = match(deal, person)

    assert 0 <= found.score <= 100
    assert not set(found.fits) & set(found.misfits)
    assert all(isinstance(sentence, str) and "%" not in sentence for sentence in [*found.fits, *found.misfits])

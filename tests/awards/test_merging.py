"""Two pages of one judge, laid over each other."""

from hypothesis import given
from hypothesis import strategies as st

from awards.merging import merge

ANSWERS = st.dictionaries(st.integers(1, 4), st.one_of(st.none(), st.integers(1, 5)))


def test_what_nobody_touched_since_is_taken():
    assert merge({1: 4}, {1: 3}, {1: 3, 2: 5}) == ({1: 4}, {})


def test_a_first_answer_is_taken():
    assert merge({1: None}, {}, {}) == ({1: None}, {})


def test_what_was_answered_elsewhere_meanwhile_stays():
    assert merge({1: 4, 2: 2}, {1: 3}, {1: 5}) == ({2: 2}, {1: 4})


def test_not_applicable_elsewhere_is_an_answer_too():
    assert merge({1: 4}, {}, {1: None}) == ({}, {1: 4})


@given(mine=ANSWERS, seen=ANSWERS, theirs=ANSWERS)
def test_nothing_is_lost_and_sending_again_does_no_harm(mine, seen, theirs):
    taken, refused = merge(mine, seen, theirs)
    assert taken | refused == mine
    assert not taken.keys() & refused.keys()
    assert merge(taken, seen, theirs | taken) == (taken, {})

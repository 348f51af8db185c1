"""Laws of the trials: what nobody did changes nothing, and the program's own rules give the program's own order."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards import scoring, trials
from awards.disagreement import most_disputed
from awards.places import places_of
from awards.scoring import PARTNERSHIP, STORY, Component, CriterionResult, Rules, Sheet, Standing

COMPONENTS = [Component("outcome", STORY, 2), Component("human", STORY), Component("comfort", PARTNERSHIP)]
ANYBODY = Rules(minimum_story_judges=1, minimum_partnership_judges=1)

answers = st.fixed_dictionaries({part.id: st.one_of(st.none(), st.integers(1, 5)) for part in COMPONENTS})
panels = st.lists(st.dictionaries(st.integers(1, 4), answers, max_size=4), min_size=1, max_size=6)
rules = st.builds(
    Rules,
    story_weight=st.integers(0, 100),
    story_floor=st.sampled_from([Fraction(1), Fraction(5, 2)]),
    minimum_story_judges=st.integers(0, 2),
    minimum_partnership_judges=st.integers(0, 2),
    tie_rule=st.sampled_from(["story", "partnership", "more_judges", "chair", "shared"]),
)


def ranked(panels, rules=ANYBODY, chair=None):
    standings = [
        scoring.standing(number, [Sheet(judge, given) for judge, given in panel.items()], COMPONENTS, rules)
        for number, panel in enumerate(panels)
    ]
    return scoring.rank(standings, rules, chair)


def even(*values):
    """A nomination for each value, all of whose judges give just that."""
    return [dict.fromkeys((1, 2), dict.fromkeys((part.id for part in COMPONENTS), value)) for value in values]


def order(standings):
    return [(one.nomination, one.rank) for one in standings]


@given(panels, rules)
def test_the_own_rules_give_the_own_order(panels, rules):
    before = ranked(panels, rules)
    assert order(trials.under(before, rules)) == order(before)


@given(panels, rules)
def test_leaving_out_a_judge_who_scored_nothing_changes_nothing(panels, rules):
    before = ranked(panels, rules)
    assert order(trials.without_judge(before, 99, rules)) == order(before)


@given(panels, rules, st.randoms(use_true_random=False))
def test_the_sequence_of_nominations_does_not_matter(panels, rules, random):
    before = ranked(panels, rules)
    mixed = list(before)
    random.shuffle(mixed)
    assert order(scoring.rank(mixed, rules)) == order(before)


@given(panels, st.integers(1, 4))
def test_leaving_a_judge_out_is_as_if_they_had_not_scored(panels, judge):
    left_out = [{one: given for one, given in panel.items() if one != judge} for panel in panels]
    after = {one.nomination: one for one in trials.without_judge(ranked(panels), judge, ANYBODY)}
    assert {pk: one.total for pk, one in after.items()} == {one.nomination: one.total for one in ranked(left_out)}


@given(panels, rules, st.integers(1, 3))
def test_nobody_has_a_place_whom_somebody_without_one_outranks(panels, rules, number):
    standings = ranked(panels, rules)
    within = places_of(standings, number, rules.tie_rule).within_reach
    outside = [one.rank for one in standings if one.rank and one.nomination not in within]
    assert all(one.rank < min(outside, default=99) for one in standings if one.nomination in within)


def test_a_floor_that_is_raised_takes_the_place_and_says_why():
    before = ranked(even(3, 2))
    comparison = trials.compare(before, trials.under(before, replace(ANYBODY, story_floor=Fraction(4))), 1, "story")
    assert [move.loses_place for move in comparison.moves] == [True, False]
    assert {reason.code for move in comparison.moves for reason in move.after.reasons} == {"below_floor"}


def test_the_judge_who_decides_the_place_is_found():
    fair, other = {"outcome": 4, "human": 4, "comfort": 4}, {"outcome": 3, "human": 3, "comfort": 3}
    low = {"outcome": 1, "human": 1, "comfort": 1}
    before = ranked([{1: fair, 2: low}, {1: other, 2: other}])
    without = trials.compare(before, trials.without_judge(before, 2, ANYBODY), 1, "story")
    assert (without.before.winning, without.after.winning, without.changes_winners) == ((1,), (0,), True)


@pytest.mark.parametrize(
    ("tie_rule", "expected"),
    [("story", [(0, 1), (1, 1), (2, 1)]), ("more_judges", [(1, 1), (0, 2), (2, 2)]), ("shared", [(0, 1), (1, 1), (2, 1)])],
)
def test_more_judges_go_first_where_the_rule_says_so(tie_rule, expected):
    panels = even(3, 3, 3)
    panels[1][3] = panels[1][1]
    assert order(ranked(panels, replace(ANYBODY, tie_rule=tie_rule))) == expected


def test_the_chair_orders_equals_and_only_all_of_them():
    chairs = replace(ANYBODY, tie_rule="chair")
    assert order(ranked(even(3, 3, 5), chairs, {0: 2, 1: 1})) == [(2, 1), (1, 2), (0, 3)]
    assert order(ranked(even(3, 3, 3), chairs, {0: 2, 1: 1})) == [(0, 1), (1, 1), (2, 1)]


def test_joint_winners_all_win_and_others_contest_the_place():
    standings = ranked(even(4, 4, 3))
    assert places_of(standings, 1, "shared").winning == (0, 1)
    assert places_of(standings, 1, "story").contested == (0, 1)
    assert places_of(standings, 2, "story").winning == (0, 1)


def result(*values):
    return CriterionResult({judge: Fraction(value) for judge, value in enumerate(values)})


def test_the_widest_criterion_comes_first_and_the_variance_breaks_equals():
    calm, split, torn = result(3, 3), result(2, 4, 3), result(2, 4)
    standings = [
        Standing(1, split, calm, Fraction(3)),
        Standing(2, calm, torn, Fraction(3)),
        Standing(3, calm, calm, Fraction(3)),
        Standing(4, result(1, 5), torn, Fraction(3)),
    ]
    assert [(one.nomination, one.criterion) for one in most_disputed(standings)] == [(4, STORY), (2, PARTNERSHIP), (1, STORY)]


def test_one_judge_disagrees_with_nobody():
    assert most_disputed([Standing(1, result(5), result(), Fraction(5))]) == []

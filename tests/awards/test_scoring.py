from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards import scoring
from awards.scoring import PARTNERSHIP, STORY, Component, Rules, Sheet

OUTCOME = Component("outcome", STORY, weight=2)
BEFORE = Component("before", STORY)
HUMAN = Component("human", STORY)
CONFIDENCE = Component("confidence", PARTNERSHIP)
COMFORT = Component("comfort", PARTNERSHIP)
COMPONENTS = [OUTCOME, BEFORE, HUMAN, CONFIDENCE, COMFORT]
ONE_JUDGE = Rules(minimum_story_judges=1, minimum_partnership_judges=1)

answer = st.one_of(st.none(), st.integers(1, 5))
number = st.integers(1, 5)
sheet = st.fixed_dictionaries({part.id: answer for part in COMPONENTS})
full_sheet = st.fixed_dictionaries({part.id: number for part in COMPONENTS})
panel = st.lists(sheet, max_size=5)
full_panel = st.lists(full_sheet, min_size=1, max_size=4)


def sheets(panel):
    return [Sheet(judge, answers) for judge, answers in enumerate(panel)]


def standing_of(panel, rules=ONE_JUDGE, nomination=1, components=COMPONENTS):
    return scoring.standing(nomination, sheets(panel), components, rules)


def scores(story, partnership):
    """A sheet that gives every component of a criterion the same number."""
    return {part.id: story if part.criterion == STORY else partnership for part in COMPONENTS}


def test_a_worked_example_by_hand():
    # Judge A: story (2*5 + 1*4 + 1*3) / 4 = 17/4; partnership (4 + 2) / 2 = 3.
    # Judge B: human element not applicable: (2*3 + 1*4) / 3 = 10/3; comfort not applicable: 5.
    panel = [
        {"outcome": 5, "before": 4, "human": 3, "confidence": 4, "comfort": 2},
        {"outcome": 3, "before": 4, "human": None, "confidence": 5, "comfort": None},
    ]
    standing = standing_of(panel, Rules(story_weight=60))

    assert standing.story.mean == (Fraction(17, 4) + Fraction(10, 3)) / 2 == Fraction(91, 24)
    assert standing.partnership.mean == 4
    assert standing.total == (60 * Fraction(91, 24) + 40 * 4) / 100 == Fraction(31, 8)
    assert standing.story.spread.width == Fraction(11, 12)
    assert standing.partnership.spread == scoring.Spread(width=Fraction(2), deviation=Decimal(1))


def test_a_criterion_nobody_scored_has_no_mean_and_no_total():
    standing = standing_of([{"outcome": 4, "before": 4, "human": 4, "confidence": None, "comfort": None}])

    assert standing.partnership.mean is None
    assert standing.partnership.spread is None
    assert standing.total is None
    assert [(reason.code, reason.criterion) for reason in standing.reasons] == [("too_few_judges", PARTNERSHIP)]


def test_a_criterion_without_weight_may_be_missing():
    rules = Rules(story_weight=100, minimum_story_judges=1, minimum_partnership_judges=0)
    standing = standing_of([{"outcome": 4, "before": 4, "human": 4}], rules)
    assert (standing.total, standing.reasons) == (4, ())


def test_a_judge_of_one_criterion_counts_there_only():
    standing = standing_of([scores(4, 4), {"confidence": 2, "comfort": 2}])
    assert (standing.story.judges, standing.partnership.judges, standing.judges) == (1, 2, 2)


def test_too_few_judges_is_said_in_words():
    standing = standing_of([scores(4, 4)], Rules(minimum_story_judges=1, minimum_partnership_judges=3))
    assert [reason.sentence for reason in standing.reasons] == ["Scored by 1 of at least 3 judges for the partnership."]


def test_a_mean_on_the_floor_ranks_and_one_below_does_not():
    rules = Rules(story_floor=Fraction(3), minimum_story_judges=1, minimum_partnership_judges=1)
    on_it, below = (
        standing_of([scores(3, 5)], rules),
        standing_of([scores(3, 5), scores(3, 5), {"outcome": 2} | scores(2, 5)], rules),
    )

    assert on_it.reasons == ()
    assert [reason.sentence for reason in below.reasons] == ["The mean for the story is 2.66, below the floor of 3."]


def test_a_reason_never_rounds_a_mean_up_to_its_floor():
    reason = scoring.Reason("below_floor", STORY, Fraction(2999, 1000), Fraction(3))
    assert reason.sentence == "The mean for the story is 2.99, below the floor of 3."


@pytest.mark.parametrize(
    ("tie_rule", "order"),
    [
        ("story", [("a", 1), ("b", 2), ("c", 3)]),
        ("partnership", [("b", 1), ("a", 2), ("c", 3)]),
        ("shared", [("a", 1), ("b", 1), ("c", 3)]),
    ],
)
def test_equal_totals_go_by_the_tie_rule(tie_rule, order):
    rules = Rules(tie_rule=tie_rule, minimum_story_judges=1, minimum_partnership_judges=1)
    standings = [
        standing_of([scores(story, partnership)], rules, name)
        for name, story, partnership in [("c", 2, 2), ("b", 3, 5), ("a", 5, 3)]
    ]
    assert [(one.nomination, one.rank) for one in scoring.rank(standings, rules)] == order


def test_what_the_tie_rule_leaves_equal_shares_a_rank_in_the_order_of_numbers():
    standings = [standing_of([scores(4, 4)], nomination=number) for number in (9, 3, 7)] + [
        standing_of([scores(3, 3)], nomination=1)
    ]
    assert [(one.nomination, one.rank) for one in scoring.rank(standings, ONE_JUDGE)] == [(3, 1), (7, 1), (9, 1), (1, 4)]


def test_the_unranked_stand_last_without_a_rank():
    standings = [standing_of([], nomination=1), standing_of([scores(2, 2)], nomination=2)]
    assert [(one.nomination, one.rank) for one in scoring.rank(standings, ONE_JUDGE)] == [(2, 1), (1, None)]


def test_thirds_stay_exact():
    assert scoring.as_decimal(Fraction(11, 3)) == Decimal("3.666666666666666666666666667")


@given(panel, st.randoms(use_true_random=False))
def test_the_order_of_judges_does_not_matter(panel, random):
    shuffled = sheets(panel)
    random.shuffle(shuffled)
    mixed = scoring.standing(1, shuffled, COMPONENTS, ONE_JUDGE)
    straight = standing_of(panel)
    assert (mixed.total, mixed.story.mean, mixed.story.spread) == (straight.total, straight.story.mean, straight.story.spread)


@given(panel)
def test_a_judge_who_finds_nothing_applicable_changes_no_mean(panel):
    silent = dict.fromkeys((part.id for part in COMPONENTS), None)
    before, after = standing_of(panel), standing_of([*panel, silent])
    assert (before.story, before.partnership, before.total) == (after.story, after.partnership, after.total)


@given(sheet, st.integers(1, 9))
def test_a_component_that_is_not_applicable_is_as_if_it_were_not_in_the_rubric(answers, weight):
    extra = Component("extra", STORY, weight)
    story = [OUTCOME, BEFORE, HUMAN]
    assert scoring.judge_mean(answers | {"extra": None}, [*story, extra]) == scoring.judge_mean(answers, story)


@given(panel)
def test_means_and_totals_stay_between_1_and_5(panel):
    standing = standing_of(panel)
    values = [standing.story.mean, standing.partnership.mean, standing.total]
    assert all(1 <= value <= 5 for value in values if value is not None)


@given(panel)
def test_a_spread_is_at_most_4_and_its_deviation_at_most_half_of_it(panel):
    for spread in filter(None, [standing_of(panel).story.spread, standing_of(panel).partnership.spread]):
        assert 0 <= spread.width <= 4
        assert spread.deviation <= scoring.as_decimal(spread.width) / 2 + Decimal("1e-20")


@given(st.lists(full_panel, min_size=2, max_size=5), st.data())
def test_a_better_score_never_lowers_a_rank(panels, data):
    position = data.draw(st.integers(0, len(panels) - 1))
    judge = data.draw(st.integers(0, len(panels[position]) - 1))
    part = data.draw(st.sampled_from(COMPONENTS))
    rules = data.draw(
        st.sampled_from([Rules(1 + 49 * n, minimum_story_judges=1, minimum_partnership_judges=1) for n in range(3)])
    )
    better = [list(map(dict, panel)) for panel in panels]
    better[position][judge][part.id] = min(5, better[position][judge][part.id] + 1)

    assert _rank_of(position, better, rules) <= _rank_of(position, panels, rules)


def _rank_of(position, panels, rules):
    standings = [standing_of(panel, rules, nomination) for nomination, panel in enumerate(panels)]
    return next(one.rank for one in scoring.rank(standings, rules) if one.nomination == position)


@given(st.lists(panel, max_size=6))
def test_every_nomination_is_listed_once_ranked_or_with_a_reason(panels):
    ranked = scoring.rank([standing_of(panel, nomination=number) for number, panel in enumerate(panels)], ONE_JUDGE)
    assert sorted(one.nomination for one in ranked) == list(range(len(panels)))
    assert all((one.rank is None) == bool(one.reasons) for one in ranked)

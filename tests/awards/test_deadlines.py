from datetime import UTC, date, datetime, timedelta

import pytest

from awards.deadlines import day_after, end_of, is_over
from awards.reserves import next_reserve, outside
from awards.strengths import best_component, in_words

LAST = date(2026, 3, 29)  # the clocks go forward in Berlin


def test_the_days_count_on_the_programs_calendar():
    late_in_berlin = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert day_after(late_in_berlin, 14, "Europe/Berlin") == date(2026, 3, 16)
    assert day_after(late_in_berlin, 14, "America/New_York") == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 3, 29, 11, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 30, 4, tzinfo=UTC)),
    ],
)
def test_the_last_day_lasts_until_its_midnight_also_when_the_clocks_change(zone, end):
    assert end_of(LAST, zone) == end
    assert not is_over(LAST, zone, end - timedelta(seconds=1))
    assert is_over(LAST, zone, end)


def test_the_next_reserve_is_the_first_who_is_free():
    assert next_reserve([4, 7, 9], {9, 7}) == 7
    assert next_reserve([4], set()) is None


@pytest.mark.parametrize(
    ("chosen", "free", "strangers"),
    [
        ([1, 2], {3, 4}, []),
        ([1, 3], {4}, []),
        ([1, 4], {3}, [4]),
        ([1, 2, 3], {4}, [3]),
        ([1, 8], {3, 4}, [8]),
        ([1, 4], set(), []),
    ],
    ids=["as frozen", "first reserve", "reserve out of order", "one too many", "a stranger", "first reserve not free"],
)
def test_a_result_accounts_for_its_winners_and_for_reserves_in_order(chosen, free, strangers):
    assert outside(winners=[1, 2], reserves=[3, 4], chosen=chosen, free=free) == strangers


def test_the_strength_is_the_component_with_the_best_mean():
    assert best_component([(1, 5), (1, 2), (2, 4), (2, 4), (9, 5)], [1, 2, 3]) == 2
    assert best_component([(2, 4), (1, 4)], [1, 2]) == 1
    assert best_component([], [1]) is None


def test_a_strength_is_told_in_words():
    assert in_words("human-element", "Human element") == "the people in your story"
    assert in_words("own-code", "Courage") == "“Courage”"

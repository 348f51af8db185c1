from dataclasses import replace
from datetime import date, timedelta

import pytest

from advocacy.availability import AccountFacts
from advocacy.eligibility import Person, Rules, eligibility, is_eligible
from advocacy.figure_age import age_and_worth

TODAY = date(2026, 3, 2)
ACCOUNT = AccountFacts(customer_since=date(2025, 12, 2), usage_active=True, health_score=70, metrics_as_of=TODAY)
PERSON = Person(nps=9, nps_on=TODAY, relationship=4, account=ACCOUNT)


def lines(person):
    return {line.code: (line.value, line.holds) for line in eligibility(person, TODAY)}


def test_each_line_shows_the_value_behind_it():
    assert lines(PERSON) == {
        "nps": ("9", True),
        "health": ("70", True),
        "tenure": ("since 2 December 2025", True),
        "usage": ("yes", True),
        "rapport": ("4", True),
    }
    assert is_eligible(PERSON, TODAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nps": 8}, "nps"),
        ({"relationship": 3}, "rapport"),
        ({"account": replace(ACCOUNT, health_score=69)}, "health"),
        ({"account": replace(ACCOUNT, customer_since=date(2025, 12, 3))}, "tenure"),
        ({"account": replace(ACCOUNT, usage_active=False)}, "usage"),
    ],
)
def test_one_line_too_low_is_enough(changes, code):
    person = replace(PERSON, **changes)

    assert [line for line, (_value, holds) in lines(person).items() if holds is False] == [code]
    assert not is_eligible(person, TODAY)


def test_old_figures_prove_nothing():
    person = replace(PERSON, account=replace(ACCOUNT, metrics_as_of=TODAY - timedelta(days=46)))

    assert lines(person)["health"] == ("70, too old to count", None)
    assert lines(person)["usage"] == ("yes, too old to count", None)
    assert not is_eligible(person, TODAY)


def test_what_is_not_known_is_not_a_yes():
    assert {holds for _value, holds in lines(Person()).values()} == {None}


def test_the_team_s_own_lines_count():
    lower = Rules(nps=7, health=60, tenure_months=1, rapport=3)
    person = replace(PERSON, nps=7, relationship=3, account=replace(ACCOUNT, health_score=60))

    assert is_eligible(person, TODAY, lower)
    assert not is_eligible(person, TODAY)


def test_a_line_that_is_not_asked_for_is_not_shown():
    assert "usage" not in [line.code for line in eligibility(PERSON, TODAY, Rules(needs_usage=False))]


def test_a_figure_tells_its_age_and_that_it_counts_no_more():
    old = replace(PERSON, account=replace(ACCOUNT, metrics_as_of=TODAY - timedelta(days=46)))
    told = {line.code: line.told(TODAY) for line in eligibility(old, TODAY)}

    assert told["nps"] == "9 (as of 2 Mar 2026)"
    assert told["health"] == "70, too old to count (as of 15 Jan 2026, 46 days old)"
    assert age_and_worth(TODAY - timedelta(days=45), TODAY) == "as of 16 Jan 2026"
    assert age_and_worth(TODAY - timedelta(days=46), TODAY) == "as of 15 Jan 2026, 46 days old: counts no more"

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nominations.setup.checklist import Facts, launch_checklist, open_items
from nominations.setup.facts import facts_of
from nominations.setup.steps import BY_SLUG
from tests.factories import NOW, make_judge, make_program, make_user

LATER = datetime(2026, 12, 1, tzinfo=UTC)
READY = Facts(
    name="Impact Awards",
    purpose="Honour what customers achieved.",
    categories=2,
    categories_with_outcome=2,
    categories_with_audience=2,
    announces_at=LATER,
    story_judges=2,
    partnership_judges=2,
    minimum_story_judges=2,
    minimum_partnership_judges=2,
    needs_chair=True,
    has_chair=True,
    prizes=1,
    has_owner=True,
    has_sponsor=True,
    touch_points=1,
    questions=1,
    process_text="Judges read all of them.",
    consent_text="I agree.",
    has_contact=True,
    is_public=True,
)
OPENS = {
    "name": ("", "name"),
    "purpose": (" ", "name"),
    "categories_with_outcome": (1, "categories"),
    "categories_with_audience": (1, "categories"),
    "announces_at": (NOW - timedelta(days=1), "calendar"),
    "story_judges": (1, "judges"),
    "partnership_judges": (1, "judges"),
    "has_chair": (False, "rules"),
    "prizes": (0, "prizes"),
    "has_owner": (False, "team"),
    "has_sponsor": (False, "team"),
    "touch_points": (0, "touch-points"),
    "questions": (0, "questions"),
    "process_text": ("", "launch"),
    "consent_text": ("", "launch"),
    "has_contact": (False, "launch"),
    "is_public": (False, "launch"),
}


def still_open(**changes):
    return [item.step for item in open_items(launch_checklist(replace(READY, **changes), NOW))]


def test_nothing_is_open_when_everything_is_there():
    assert still_open() == []


@pytest.mark.parametrize("fact", OPENS)
def test_each_fact_opens_the_item_of_its_step(fact):
    value, step = OPENS[fact]
    assert still_open(**{fact: value}) == [step]


def test_without_a_category_none_of_its_items_is_done():
    assert still_open(categories=0, categories_with_outcome=0, categories_with_audience=0) == ["categories"] * 3


def test_a_chair_is_asked_for_only_where_the_tie_rule_needs_one():
    assert still_open(needs_chair=False, has_chair=False) == []


def test_every_item_leads_to_a_step_or_to_the_judges():
    assert {item.step for item in launch_checklist(READY, NOW)} <= {*BY_SLUG, "judges"}


@pytest.mark.django_db
def test_a_judge_who_left_is_not_counted():
    program = make_program(now=NOW)
    make_judge(program)
    make_judge(program, scores_partnership=False)
    make_judge(program, left_at=NOW)
    facts = facts_of(program)
    assert (facts.story_judges, facts.partnership_judges) == (2, 1)


@pytest.mark.django_db
def test_a_category_counts_as_described_with_both_audiences():
    program = make_program(now=NOW, contact=make_user())
    program.categories.update(outcome="Time saved", inside_audience="Sales")
    facts = facts_of(program)
    assert (facts.categories, facts.categories_with_outcome, facts.categories_with_audience) == (1, 1, 0)

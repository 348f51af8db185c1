"""Tiers by rule: the pure ladder, the same from SQL, and what makes it follow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from advocacy import services, tiers
from advocacy.catalogue import sync_tiers
from advocacy.models import Advocate, Ask, TierRule
from advocacy.services.tiers import ladder_of, refresh_all_tiers, refresh_tiers, standings, tier_rules
from advocacy.tiers import Rule, Standing, ladder
from advocacy.working_time import day_of
from tests.factories import NOW, activity, make_account, make_advocate, make_story, make_user

RULES = [
    Rule(tier="bronze", label="Bronze", points=20, activities=1),
    Rule(tier="silver", label="Silver", points=100, activities=2, needs_story=True),
    Rule(tier="gold", label="Gold", points=250, activities=4, needs_story=True, needs_public_name=True),
]


def done(advocate, code="reference-call", days=10):
    ask = {"advocate": advocate, "activity_type": activity(code), "account": advocate.account}
    return Ask.objects.create(state="done", counts_on=(NOW - timedelta(days=days)).date(), **ask)


def allow(purpose, decision="given", **whose):
    words = {"given_by": "Zoë", "method": "mail", "text_shown": "Yes.", "now": NOW}
    return services.record_consent(purpose=purpose, decision=decision, **words, **whose)


def test_a_tier_is_the_highest_whose_conditions_hold():
    found = ladder(Standing(points=120, activities=3, has_story=True), RULES)
    assert (found.tier, found.next_label) == ("silver", "Gold")
    assert found.missing == (
        "130 more points from activities this year",
        "one more activity",
        "a yes to using name, title and company in public",
    )


def test_on_the_highest_rung_nothing_is_missing():
    found = ladder(Standing(points=999, activities=9, has_story=True, has_public_name=True), RULES)
    assert (found.tier, found.next_label, found.missing) == ("gold", "", ())


def test_without_anything_done_the_first_step_is_named():
    assert ladder(Standing(), RULES).missing == ("20 more points from activities this year", "one more activity")
    assert ladder(Standing(), []).tier == "none"


@given(st.integers(0, 300), st.integers(0, 5), st.booleans(), st.booleans())
@tried(max_examples=40)
def test_a_tier_holds_and_the_next_lacks_something(points, activities, story, public):
    standing = Standing(points=points, activities=activities, has_story=story, has_public_name=public)
    found = ladder(standing, RULES)
    by_tier = {rule.tier: rule for rule in RULES}
    assert found.tier == "none" or tiers.holds(standing, by_tier[found.tier])
    assert bool(found.missing) == bool(found.next_label)


@pytest.mark.django_db
def test_sql_counts_points_of_a_year_and_activities_ever_without_gifts():
    advocate = make_advocate()
    done(advocate), done(advocate, "review", days=364), done(advocate, "case-study", days=365), done(advocate, "award")
    make_story(advocate)

    assert standings([advocate.pk], day_of(NOW))[advocate.pk] == Standing(points=70, activities=3, has_story=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "public"),
    [
        ([("person", "use_name_title", "given"), ("person", "use_company_name", "given")], True),
        ([("person", "use_name_title", "given"), ("company", "use_company_name", "given")], True),
        ([("person", "use_name_title", "given")], False),
        (
            [("person", "use_name_title", "given"), ("person", "use_company_name", "given")]
            + [("company", "use_company_name", "withdrawn")],
            False,
        ),
        ([("person", "use_name_title", "withdrawn"), ("person", "use_company_name", "given")], False),
    ],
)
def test_a_public_name_needs_the_person_and_the_company(words, public):
    advocate = make_advocate()
    for whose, purpose, decision in words:
        allow(purpose, decision, **({"advocate": advocate} if whose == "person" else {"account": advocate.account}))
    assert standings([advocate.pk], day_of(NOW))[advocate.pk].has_public_name is public


@pytest.mark.django_db
def test_a_locked_down_company_is_no_public_name():
    advocate = make_advocate(account=make_account(publicity_status="locked_down"))
    allow("use_name_title", advocate=advocate), allow("use_company_name", advocate=advocate)
    assert not standings([advocate.pk], day_of(NOW))[advocate.pk].has_public_name


@pytest.mark.django_db
def test_the_nightly_round_writes_what_the_ladder_says_and_no_other_row():
    people = [make_advocate() for _number in range(4)]
    for number, advocate in enumerate(people):
        for _time in range(number):
            done(advocate, "case-study")
        make_story(advocate)
    Advocate.objects.filter(pk=people[0].pk).update(tier="platinum")

    assert refresh_all_tiers(now=NOW) == 4
    assert refresh_all_tiers(now=NOW) == 0
    said = {advocate.pk: ladder_of(advocate=advocate, now=NOW).tier for advocate in people}
    assert dict(Advocate.objects.values_list("pk", "tier")) == said
    assert [said[advocate.pk] for advocate in people] == ["none", "bronze", "silver", "silver"]


@pytest.mark.django_db
def test_a_tier_runs_out_with_its_points():
    advocate = make_advocate()
    done(advocate)
    refresh_tiers(pks=[advocate.pk], now=NOW)
    refresh_all_tiers(now=NOW + timedelta(days=370))
    assert Advocate.objects.get().tier == "none"


@pytest.mark.django_db
def test_an_ask_that_is_done_a_story_and_a_consent_move_the_tier_at_once():
    advocate = make_advocate()
    TierRule.objects.filter(tier="gold").update(points=100, activities_done=2)
    done(advocate)
    ask = Ask.objects.create(advocate=advocate, activity_type=activity(), state="accepted", counts_on=NOW.date())

    services.move_ask(ask=ask, to="done", by=None, now=NOW)
    assert Advocate.objects.get().tier == "bronze"
    services.add_story(advocate=advocate, source_key="", came_from="", by=None, now=NOW, headline="Two days")
    assert Advocate.objects.get().tier == "silver"
    allow("use_name_title", advocate=advocate), allow("use_company_name", account=advocate.account)
    assert Advocate.objects.get().tier == "gold"


@pytest.mark.django_db
def test_a_rule_somebody_edited_stays_and_a_missing_one_comes_back():
    TierRule.objects.filter(tier="bronze").update(points=5)
    TierRule.objects.filter(tier="gold").delete()
    sync_tiers()
    assert [rule.tier for rule in tier_rules()] == ["bronze", "silver", "gold", "platinum"]
    assert TierRule.objects.get(tier="bronze").points == 5


@pytest.mark.django_db
def test_the_team_edits_a_rule_in_the_admin_and_all_tiers_follow(client, monkeypatch, django_capture_on_commit_callbacks):
    queued = []
    monkeypatch.setattr("advocacy.tasks.refresh_tiers.delay", lambda: queued.append(True))
    client.force_login(make_user("advocacy_team"))
    rule = TierRule.objects.get(tier="bronze")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:advocacy_tierrule_change", args=[rule.pk]), {"points": 7, "activities_done": 1})
    assert (TierRule.objects.get(tier="bronze").points, queued) == (7, [True])

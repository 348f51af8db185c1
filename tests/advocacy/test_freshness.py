from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.freshness import CHECKED, DEFAULTS, SECTIONS, Freshness, Rule, freshness
from advocacy.models import Advocate, FreshnessPolicy, ProfileDoubt, Verification
from advocacy.profile_checks import current_policy, read_states
from advocacy.profile_checks.shares import add_up, shares_of
from tests.factories import make_advocate, make_user

VERIFIED = datetime(2026, 1, 10, 9, 30, tzinfo=UTC)


def after(days):
    return VERIFIED + timedelta(days=days)


@pytest.mark.parametrize(
    ("section", "days", "state"),
    [
        ("contact", 0, "fresh"),
        ("contact", 179, "fresh"),
        ("contact", 180, "due"),
        ("contact", 193, "due"),
        ("contact", 194, "overdue_csm"),
        ("contact", 239, "overdue_csm"),
        ("contact", 240, "stale"),
        ("role", 179, "fresh"),
        ("role", 180, "due"),
        ("willingness", 179, "fresh"),
        ("willingness", 180, "due"),
        ("story", 364, "fresh"),
        ("story", 365, "due"),
        ("story", 378, "due"),
        ("story", 379, "overdue_csm"),
        ("story", 425, "stale"),
    ],
)
def test_a_section_ages_by_whole_days(section, days, state):
    assert freshness(VERIFIED, section, after(days)).state == state


def test_the_dates_are_the_first_day_of_the_check_and_the_first_day_out_of_the_search():
    found = freshness(VERIFIED, "contact", VERIFIED)

    assert (found.due_on, found.leaves_search_on) == (date(2026, 7, 9), date(2026, 9, 7))


def test_what_nobody_ever_verified_is_due_since_the_profile_was_made():
    created_at = VERIFIED - timedelta(days=14)

    found = freshness(None, "story", VERIFIED, created_at=created_at)

    assert (found.state, found.due_on) == ("overdue_csm", created_at.date())


@pytest.mark.parametrize(("days", "state"), [(-1, "fresh"), (0, "due"), (14, "overdue_csm"), (60, "stale")])
def test_a_consent_is_due_on_the_day_it_expires(days, state):
    expires_on = date(2026, 5, 1)
    now = datetime(2026, 5, 1, 12, tzinfo=UTC) + timedelta(days=days)

    assert freshness(VERIFIED, "consent", now, expires_on=expires_on).state == state


def test_a_consent_without_a_date_holds():
    assert freshness(None, "consent", after(5000)).state == "fresh"


def test_summer_time_and_the_time_of_day_move_nothing():
    berlin = ZoneInfo("Europe/Berlin")
    verified_in_winter = datetime(2026, 1, 10, 23, 30, tzinfo=berlin)
    last_fresh_minute = datetime(2026, 7, 9, 1, 59, tzinfo=berlin)  # 23:59 of 8 July in UTC, by summer time
    first_due_minute = datetime(2026, 7, 9, 2, 0, tzinfo=berlin)

    assert freshness(verified_in_winter, "role", last_fresh_minute).state == "fresh"
    assert freshness(verified_in_winter, "role", first_due_minute).state == "due"


def test_a_doubt_makes_a_section_due_at_once_and_the_grace_counts_from_it():
    found = freshness(VERIFIED, "contact", after(10), doubted_at=after(10))

    assert (found.state, found.due_on, found.leaves_search_on) == ("due", after(10).date(), after(70).date())


def test_an_overdue_section_gets_no_younger_by_a_doubt():
    assert freshness(VERIFIED, "contact", after(200), doubted_at=after(200)).due_on == after(180).date()


def test_the_rule_of_a_tier_says_how_long_each_step_takes():
    found = freshness(VERIFIED, "role", after(95), rule=Rule(check_after=90, csm_after=5, grace=20))

    assert (found.state, found.csm_on, found.leaves_search_on) == ("overdue_csm", after(95).date(), after(110).date())


def test_the_sections_are_those_of_the_profile():
    assert set(Verification.Section.values) == set(SECTIONS)


# The same in SQL --------------------------------------------------------------------------------

ages = st.none() | st.integers(0, 500)  # days before NOW
sections = st.fixed_dictionaries({section: st.tuples(ages, st.none() | st.integers(0, 80)) for section in CHECKED})
rules = st.builds(Rule, check_after=st.integers(1, 400), csm_after=st.integers(0, 20), grace=st.integers(20, 90))
people = st.tuples(st.sampled_from(["none", "gold", "platinum"]), sections, st.integers(0, 500), st.none() | st.integers(-90, 30))


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(people, min_size=1, max_size=3),
    st.dictionaries(st.tuples(st.sampled_from(SECTIONS), st.sampled_from(["", "gold"])), rules),
)
def test_the_database_says_of_everybody_what_the_arithmetic_says(made, policy):
    now = after(600)
    with transaction.atomic():
        set_policy(policy)
        expected = {person.pk: states for person, states in (make_person(*facts, now, policy) for facts in made)}

        assert {pk: {name: state.freshness for name, state in found.items()} for pk, found in read_states(list(expected), now=now).items()} == expected  # fmt: skip
        assert everybody() == {
            (pk, section, found.due_on, found.csm_on, found.leaves_search_on)
            for pk, found_ones in expected.items()
            for section, found in found_ones.items()
            if found.due_on
        }
        assert add_up(shares_of(Advocate.objects.active(), day=now.date()), "section") == {
            section: (len(expected), sum(not states[section].is_due for states in expected.values())) for section in SECTIONS
        }
        transaction.set_rollback(True)


def set_policy(policy):
    FreshnessPolicy.objects.all().delete()
    for (section, tier), rule in policy.items():
        check_after = None if section == "consent" else rule.check_after
        FreshnessPolicy.objects.create(
            section=section, tier=tier, check_after=check_after, csm_after=rule.csm_after, grace=rule.grace
        )


def make_person(tier, facts, age, consent_ends_in, now, policy):
    """An advocate, and what the pure function says of each section."""
    created_at = now - timedelta(days=age)
    person = make_advocate(tier=tier, created_at=created_at)
    rule_of = current_policy().rule
    states = {}
    for section, (verified, doubted) in facts.items():
        verified_at = None if verified is None else now - timedelta(days=verified)
        doubted_at = None if doubted is None else now - timedelta(days=doubted)
        if verified_at:
            person.verifications.create(section=section, method="csm", verified_at=verified_at)
            person.verifications.create(section=section, method="csm", verified_at=verified_at - timedelta(days=50))
        if doubted_at:
            ProfileDoubt.objects.create(advocate=person, section=section, reason="title", key="1", raised_at=doubted_at)
        ProfileDoubt.objects.create(
            advocate=person, section=section, reason="title", key="2", raised_at=now - timedelta(days=400), settled_at=now - timedelta(days=300)
        )  # fmt: skip
        states[section] = freshness(
            verified_at, section, now, created_at=created_at, doubted_at=doubted_at, rule=rule_of(section, tier)
        )
    states["consent"] = Freshness("fresh", None, None, None)
    if consent_ends_in is not None:
        expires_on = (now + timedelta(days=consent_ends_in)).date()
        person.consents.create(
            purpose="use_quote", decision="given", given_by="x", method="mail", text_shown="x", expires_on=expires_on,
            decided_at=now - timedelta(days=1),
        )  # fmt: skip
        states["consent"] = freshness(None, "consent", now, expires_on=expires_on, rule=rule_of("consent", tier))
    return person, states


def everybody():
    with connection.cursor() as cursor:
        cursor.execute("SELECT advocate_id, section, due_on, csm_on, leaves_on FROM advocacy_all_sections()")
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_the_team_edits_the_intervals_in_the_admin(client):
    client.force_login(make_user("advocacy_team"))
    page = reverse("admin:advocacy_freshnesspolicy_changelist")
    rows = list(client.get(page).context["cl"].result_list)
    form = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
    for number, row in enumerate(rows):
        check_after = 90 if row.section == "role" else row.check_after or ""
        form |= {f"form-{number}-id": row.pk, f"form-{number}-check_after": check_after}
        form |= {f"form-{number}-csm_after": row.csm_after, f"form-{number}-grace": row.grace}

    client.post(page, form)
    assert current_policy().rule("role", "gold") == Rule(check_after=90)
    refused = client.post(page, form | {"form-0-csm_after": 70})
    assert "The CSM is asked before the profile leaves the search" in refused.content.decode()


@pytest.mark.django_db
def test_the_team_finds_the_intervals_of_the_design_to_edit():
    assert {row.section: (row.check_after, row.csm_after, row.grace) for row in FreshnessPolicy.objects.filter(tier="")} == {
        section: (rule.check_after, rule.csm_after, rule.grace) for section, rule in DEFAULTS.items()
    }

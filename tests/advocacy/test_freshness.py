from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.freshness import INTERVALS, SECTIONS, freshness, verified_since
from advocacy.models import Verification

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


@pytest.mark.parametrize("section", list(INTERVALS))
@pytest.mark.parametrize("days", [0, 179, 180, 239, 240, 364, 365, 424, 425])
def test_the_moments_for_queries_agree_with_the_arithmetic(section, days):
    now = after(days)
    found = freshness(VERIFIED, section, now)

    assert (verified_since(section, now) > VERIFIED) == found.is_due


def test_the_sections_are_those_of_the_profile():
    assert set(Verification.Section.values) == set(SECTIONS)

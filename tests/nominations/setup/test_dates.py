from datetime import UTC, datetime, timedelta

import pytest

from advocacy.walltime import to_wall
from nominations.setup.dates import DATES, add_months, days_to_next_season, shifted, suggested_dates, warnings

NOW = datetime(2027, 1, 11, 12, tzinfo=UTC)  # a Monday
LABELS = {"announces_at": "announcement", "closes_at": "call closes"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def warned(zone="UTC", now=NOW, **dates):
    return warnings({name: at(text) for name, text in dates.items()}, zone=zone, now=now, labels=LABELS)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_a_shift_keeps_the_clock_where_it_is_put_forward_and_back(zone):
    start = datetime(2027, 1, 10, 23, 59, 59, tzinfo=UTC)
    for days in range(0, 400, 7):
        moved = shifted(start, zone, days)
        assert to_wall(moved, zone) == to_wall(start, zone) + timedelta(days=days)


def test_a_time_the_clock_skips_becomes_the_one_after():
    # 02:30 on 21 March is half past two; on 28 March the clock goes from two to three.
    assert shifted(at("2027-03-21T01:30"), "Europe/Berlin", 7) == at("2027-03-28T01:30")


def test_of_a_time_shown_twice_it_is_the_first():
    assert shifted(at("2027-10-24T00:30"), "Europe/Berlin", 7) == at("2027-10-31T00:30")


def test_the_next_season_keeps_the_weekday_and_lies_ahead():
    opens_at = at("2024-03-05T09:00")  # a Tuesday
    moved = opens_at + timedelta(days=days_to_next_season(opens_at, NOW))
    assert (moved > NOW, moved.weekday()) == (True, 1)
    assert abs(moved - at("2027-03-05T09:00")) < timedelta(days=5)


def test_suggested_dates_give_six_months_and_no_weekend():
    for day in range(7):
        now = NOW + timedelta(days=day)
        dates = suggested_dates(now, "Europe/Berlin")
        assert list(dates) == DATES
        assert sorted(dates.values()) == list(dates.values())
        assert warnings(dates, zone="Europe/Berlin", now=now, labels={}) == []


def test_less_than_six_months_is_warned_of_to_the_day():
    assert warned(announces_at="2027-07-12T10:00") == []
    assert "less than six months" in warned(announces_at="2027-07-09T10:00")[0]


def test_once_the_call_has_closed_the_lead_time_is_no_matter():
    assert warned(announces_at="2027-02-09T10:00", closes_at="2027-01-08T10:00") == []


def test_a_weekend_is_one_in_the_programs_own_zone():
    # Friday evening in Europe is Saturday morning in Auckland.
    friday = "2027-07-16T18:00"
    assert warned(announces_at=friday) == []
    assert warned("Pacific/Auckland", announces_at=friday) == [
        "Announcement: 17 July 2027 is a Saturday in Pacific/Auckland. Nobody is there to help."
    ]


def test_a_month_too_short_ends_on_its_last_day():
    assert f"{add_months(datetime(2027, 8, 31, tzinfo=UTC).date(), 6)}" == "2028-02-29"

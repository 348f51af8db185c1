from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.working_time import add_working_days, add_working_hours, day_of, hours_of_day


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-02", "2026-03-04"),  # Monday to Wednesday
        ("2026-03-05", "2026-03-09"),  # Thursday to Monday
        ("2026-03-06", "2026-03-10"),  # Friday to Tuesday
        ("2026-03-07", "2026-03-10"),  # Saturday counts from Monday
        ("2026-03-08", "2026-03-10"),  # so does Sunday
    ],
)
def test_two_working_days_leave_out_the_weekend(start, end):
    noon = datetime.fromisoformat(f"{start}T12:00+00:00")

    assert add_working_days(noon, 2) == datetime.fromisoformat(f"{end}T12:00+00:00")


def test_a_day_is_the_same_for_everybody():
    late_in_new_york = datetime(2026, 3, 2, 23, tzinfo=timezone(timedelta(hours=-5)))

    assert day_of(late_in_new_york) == day_of(late_in_new_york.astimezone(UTC)) == date(2026, 3, 3)


NINE_TO_FIVE = time(9), time(17)


def after(start, hours, zone="UTC", hours_of_day=NINE_TO_FIVE):
    """The clock on the wall in `zone`, so many working hours after `start` there."""
    place = ZoneInfo(zone)
    found = add_working_hours(datetime.fromisoformat(start).replace(tzinfo=place), hours, place, *hours_of_day)
    return found.astimezone(place).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 11:00", 8, "2026-03-03 11:00"),
        ("2026-03-02 09:00", 8, "2026-03-02 17:00"),  # a whole day ends with the day, not with the next morning
        ("2026-03-02 06:00", 1, "2026-03-02 10:00"),
        ("2026-03-02 22:00", 1, "2026-03-03 10:00"),
        ("2026-03-06 16:00", 2, "2026-03-09 10:00"),  # from Friday into Monday
        ("2026-03-07 12:00", 8, "2026-03-09 17:00"),  # Saturday counts from Monday's opening
        ("2026-03-08 23:59", 0, "2026-03-09 09:00"),
    ],
)
def test_hours_count_while_somebody_works(start, hours, end):
    assert after(start, hours) == end


def test_saturday_morning_in_auckland_is_friday_in_california():
    moment = datetime(2026, 3, 6, 20, tzinfo=UTC)  # Saturday 09:00 in Auckland, Friday noon in Los Angeles
    ends = [
        add_working_hours(moment, 1, ZoneInfo(zone), *NINE_TO_FIVE).isoformat()
        for zone in ("Pacific/Auckland", "America/Los_Angeles")
    ]
    assert ends == ["2026-03-08T21:00:00+00:00", "2026-03-06T21:00:00+00:00"]


def test_a_day_keeps_its_hours_over_the_change_of_the_clocks():
    assert after("2026-03-27 12:00", 8, "Europe/Berlin") == "2026-03-30 12:00"  # the clocks go on in between
    assert after("2026-10-23 12:00", 8, "Europe/Berlin") == "2026-10-26 12:00"


def test_who_works_through_the_night_works_the_hours_that_pass():
    night = time(22), time(6)
    assert after("2026-03-02 23:00", 8, hours_of_day=night) == "2026-03-03 23:00"
    assert after("2026-03-07 01:00", 2, hours_of_day=night) == "2026-03-07 03:00"  # Friday's night
    assert hours_of_day(*night) == 8


@given(
    minutes=st.integers(0, 365 * 24 * 60),
    hours=st.integers(0, 60),
    more=st.integers(0, 20),
    zone=st.sampled_from(["Pacific/Kiritimati", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"]),
)
@settings(max_examples=30)
def test_the_end_is_in_a_working_hour_and_hours_add_up(minutes, hours, more, zone):
    place = ZoneInfo(zone)
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = add_working_hours(start, hours, place, *NINE_TO_FIVE)
    local = end.astimezone(place)

    assert local.weekday() < 5
    assert time(9) <= local.time() <= time(17)
    if more:
        assert add_working_hours(end, more, place, *NINE_TO_FIVE) == add_working_hours(start, hours + more, place, *NINE_TO_FIVE)

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from advocacy.working_time import add_working_days, day_of


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

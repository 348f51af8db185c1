import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.walltime import NoSuchWallTime, all_zones, in_words, to_utc, to_wall, zones

wall = datetime.fromisoformat


def test_summer_and_winter_time_differ_by_an_hour():
    assert to_utc(wall("2026-03-28 18:00"), "Europe/Berlin") == datetime(2026, 3, 28, 17, tzinfo=UTC)
    assert to_utc(wall("2026-03-29 18:00"), "Europe/Berlin") == datetime(2026, 3, 29, 16, tzinfo=UTC)


def test_a_skipped_hour_is_no_time():
    with pytest.raises(NoSuchWallTime, match="02:30 does not exist on 29 March 2026 in Europe/Berlin"):
        to_utc(wall("2026-03-29 02:30"), "Europe/Berlin")


def test_a_repeated_hour_is_two_times():
    with pytest.raises(NoSuchWallTime, match="02:30 comes twice on 25 October 2026 in Europe/Berlin"):
        to_utc(wall("2026-10-25 02:30"), "Europe/Berlin")


def test_the_zone_is_named():
    assert in_words(datetime(2026, 5, 3, 3, 59, tzinfo=UTC), "America/New_York") == "2 May 2026, 23:59 (America/New York)"


@given(
    st.datetimes(min_value=wall("2020-01-01 00:00"), max_value=wall("2035-01-01 00:00")),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]),
)
def test_what_was_typed_is_shown_back_or_refused(naive, zone):
    try:
        moment = to_utc(naive, zone)
    except NoSuchWallTime:
        moments = {naive.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
        assert len(moments) == 2
    else:
        assert to_wall(moment, zone) == naive
        assert moment.utcoffset() == timedelta(0)


def test_each_place_is_offered_once_and_former_names_are_understood():
    assert {"Asia/Kolkata", "Europe/Berlin"} <= set(zones()) <= all_zones()
    assert {"Asia/Calcutta", "US/Pacific", "EST", "Etc/GMT+8"}.isdisjoint(zones())
    assert "Asia/Calcutta" in all_zones()

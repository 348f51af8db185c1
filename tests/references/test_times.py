"""Times that suit two people, wherever they live."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from advocacy.calendar import CANCEL, REQUEST, Meeting, Person, entry
from advocacy.walltime import to_utc, to_wall, zones
from references import times

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
UNTIL = date(2026, 3, 20)


def ten_in_berlin(day):
    return to_utc(datetime.combine(date(2026, 3, day), time(10)), "Europe/Berlin")


def suggest(zone, other):
    return times.suggestions(now=NOW, zone=zone, other_zone=other, minutes=30, until=UNTIL)


def test_suggestions_lie_in_the_working_hours_of_both_on_either_side_of_the_date_line():
    found = suggest("Pacific/Auckland", "Pacific/Honolulu")

    assert len(found) == 8
    for moment in found:
        here, there = to_wall(moment, "Pacific/Auckland"), to_wall(moment, "Pacific/Honolulu")
        assert here.date() == there.date() + timedelta(days=1)
        assert all(clock.weekday() < 5 and 9 <= clock.hour < 17 for clock in (here, there))


def test_where_working_hours_never_meet_nobody_is_woken_at_night():
    clocks = [to_wall(moment, zone) for moment in suggest("Europe/Berlin", "Pacific/Auckland") for zone in ("Europe/Berlin", "Pacific/Auckland")]  # fmt: skip

    assert clocks
    assert all(6 <= clock.hour <= 22 for clock in clocks)


@settings(max_examples=25)
@given(zones=st.tuples(*[st.sampled_from(zones())] * 2), days=st.integers(0, 300))
def test_what_is_suggested_may_be_offered(zones, days):
    now = NOW + timedelta(days=days)
    until = (now + timedelta(days=15)).date()

    found = times.suggestions(now=now, zone=zones[0], other_zone=zones[1], minutes=30, until=until)

    assert times.why_not(found, now=now, minutes=30, until=until, zone=zones[0]) == ""


def test_ten_oclock_stays_ten_oclock_over_a_change_of_summer_time():
    """Berlin puts the clock forward on 29 March 2026, between the offer and the call."""
    before, after = ten_in_berlin(27), ten_in_berlin(30)

    assert (before.hour, after.hour) == (9, 8)
    assert times.shown(after, "Europe/Berlin") == "Mon 30 March 2026, 10:00 (Europe/Berlin)"
    assert times.shown(after, "America/New_York") == "Mon 30 March 2026, 04:00 (America/New York)"


@pytest.mark.parametrize("method", [REQUEST, CANCEL])
def test_an_entry_says_the_moment_in_utc_and_survives_odd_names(method):
    meeting = Meeting(
        uid="1@laurel.example",
        sequence=3,
        starts_at=ten_in_berlin(30),
        minutes=45,
        summary="With Zoë; 株式会社",
        description="One,\ntwo",
        place="https://meet.example/1",
        organizer=Person(name='Ann "A", B', email="ann@laurel.example"),
        attendee=Person(name="Zoë\r\nX-INJECTED:1", email="zoe@customer.example"),
    )

    file = entry(meeting, method=method, now=NOW)

    [event] = Calendar.from_ical(file.text).walk("VEVENT")
    assert "DTSTART:20260330T080000Z" in file.text
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
    assert (str(event["SUMMARY"]), int(event["SEQUENCE"])) == ("With Zoë; 株式会社", 3)
    assert "\r\nX-INJECTED" not in file.text
    assert event["STATUS"] == ("CANCELLED" if method == CANCEL else "CONFIRMED")

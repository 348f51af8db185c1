"""Dates as people say them, the exact time behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from tests.factories import make_user

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def render(value, **context):
    return Template("{% load laurel %}{% when value %}").render(Context({"value": value, "now": NOW} | context))


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=-1), "1 minute ago"),
        (timedelta(minutes=59), "in 59 minutes"),
        (timedelta(hours=-2), "2 hours ago"),
        (timedelta(hours=23), "in 23 hours"),
        (timedelta(hours=36), "in 2 days"),
        (timedelta(hours=-25), "yesterday"),
        (timedelta(days=3), "in 3 days"),
        (timedelta(days=-45), "45 days ago"),
        (timedelta(days=-46), "15 Jan 2026"),
    ],
)
def test_a_moment_is_said_relative_to_now(distance, words):
    assert f">{words}</time>" in render(NOW + distance)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "today"),
        (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 1), "yesterday"),
        (date(2026, 3, 12), "in 10 days"),
    ],
)
def test_a_date_counts_whole_days(day, words):
    assert f">{words}</time>" in render(day)


def test_the_exact_time_stands_behind_it_and_a_machine_can_read_it():
    assert render(NOW) == '<time datetime="2026-03-02T12:00:00+00:00" title="2 March 2026, 12:00 UTC">just now</time>'


@pytest.mark.django_db
def test_the_exact_time_is_the_readers_own():
    reader = make_user(time_zone="Asia/Kolkata")
    assert 'title="2 March 2026, 17:30 IST"' in render(NOW, user=reader)


@pytest.mark.django_db
def test_a_day_ends_where_the_reader_is():
    late = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    reader = make_user(time_zone="Asia/Kolkata")
    assert ">in 2 days</time>" in render(late + timedelta(hours=24), user=reader)


def test_nothing_is_said_of_no_date():
    assert render(None) == ""

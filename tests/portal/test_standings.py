"""Standings of nominators: quality, not number, and only after the announcement."""

from datetime import timedelta

import pytest
from django.urls import reverse

from advocacy.workflow import move
from awards.models import Winner
from portal.standings import standings
from tests.factories import NOW, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


def make_announced_program():
    program = make_program(now=NOW)
    program.announced_at = NOW
    program.save()
    return program


def nominated(by, *statuses, program=None):
    program = program or make_announced_program()
    entry = make_nomination(program, nominator=by).entries.get()
    for status in statuses:
        move(entry, to=status)
    if "won" in statuses:
        Winner.objects.create(entry=entry, category=entry.category, status="accepted", chosen_by=by)
    return entry


def people():
    return [(row.rank, row.name, row.points) for row in standings(NOW)["people"]]


def test_winning_counts_most_and_submitting_nothing():
    anna, ben, cleo = (make_user("csm", name=name) for name in ("Anna", "Ben", "Cleo"))
    nominated(anna, "selected", "won")
    nominated(ben, "shortlisted", "not_selected")
    nominated(cleo)

    assert people() == [(1, "Anna", 10), (2, "Ben", 3)]


def test_equal_points_share_a_rank():
    for name in ("Ben", "Anna"):
        nominated(make_user("csm", name=name), "shortlisted")

    assert people() == [(1, "Anna", 3), (1, "Ben", 3)]


def test_before_the_announcement_nothing_is_told():
    nominated(make_user("csm"), "shortlisted", "selected", program=make_program(now=NOW))

    assert people() == []


def test_nor_a_winner_before_the_embargo_ends():
    entry = nominated(make_user("csm", name="Anna"), "selected", "won")
    Winner.objects.update(embargo_until=NOW + timedelta(days=1))

    assert people() == []
    assert entry.status == "won"


def test_a_nomination_in_two_categories_counts_once():
    anna = make_user("csm", name="Anna")
    entry = nominated(anna, "shortlisted")
    other = entry.category.program.categories.create(name="Another", position=2)
    move(entry.nomination.entries.create(category=other), to="shortlisted")

    assert people() == [(1, "Anna", 3)]


def test_who_opted_out_is_in_no_table(client):
    anna = make_user("csm", name="Anna", team="North", region="emea")
    nominated(anna, "shortlisted")
    assert [row.name for row in standings(NOW)["teams"]] == ["North"]
    client.force_login(anna)

    client.post(reverse("standings-visibility"))

    assert standings(NOW) == {"people": [], "teams": [], "regions": []}


def test_teams_and_regions_add_up(client):
    for name in ("Anna", "Ben"):
        nominated(make_user("csm", name=name, team="North", region="emea"), "shortlisted")
    client.force_login(make_user("sales"))

    page = client.get(reverse("standings")).context["tables"]

    assert [[(row.name, row.points) for row in rows] for _title, rows in page[1:]] == [[("North", 6)], [("EMEA", 6)]]

"""The menu shows what its reader may open."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse_lazy

from portal.navigation import items_for
from tests.factories import make_user

MENUS = {
    "csm": ["Programs", "Nominations", "Find references", "Requests", "Asks", "Profiles", "Recruiting"],
    "sales": ["Programs", "Nominations", "Find references", "Requests", "Asks", "Recruiting"],
    "colleague": ["Programs", "Nominations", "Asks", "Recruiting"],
    "judge": ["Programs", "Judging"],
    "leader": ["Programs", "Nominations", "Find references", "Requests", "Recruiting", "Reports"],
    "advocacy_team": [
        *[
            "Programs",
            "Nominations",
            "Triage",
            "Judging",
            "Results",
            "Find references",
            "Requests",
            "Asks",
            "Profiles",
            "Recruiting",
            "Reports",
            "Admin",
        ],
    ],
}


def labels(user, path="/"):
    return [str(item.label) for item in items_for(user, path)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", MENUS)
def test_each_role_has_its_menu(role):
    assert labels(make_user(role)) == MENUS[role]


def test_a_visitor_sees_the_programs_alone():
    assert labels(AnonymousUser()) == ["Programs"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", []),
        ("/programs/impact-2026/", ["Programs"]),
        (reverse_lazy("check-profile", args=[4]), ["Profiles"]),
        ("/admin/", ["Admin"]),
        ("/admin/advocacy/advocate/", ["Admin"]),
        ("/admin/judging/", ["Judging"]),
        ("/admin/judging/4/", ["Judging"]),
        ("/admin/results/impact-2026/", ["Results"]),
    ],
)
def test_one_item_at_most_is_the_current_one(path, current):
    items = items_for(make_user("advocacy_team"), path)
    assert [str(item.label) for item in items if item.is_current] == current


@pytest.mark.django_db
def test_each_item_opens(client):
    """Whoever sees an item in the menu is let in."""
    for role in MENUS:
        person = make_user(role)
        client.force_login(person)
        statuses = {str(item.label): client.get(item.url).status_code for item in items_for(person, "/")}
        assert set(statuses.values()) == {200}, (role, statuses)

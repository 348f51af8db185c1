"""The generic pages of the admin: every list and every form for something new, tried as each kind of person."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from advocacy.models import User
from tests.access import PERSONS, make_world

OUTSIDERS = ("sales", "colleague", "csm", "other_csm", "leader")
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_world()
    world.superuser = User.objects.create_superuser("root@laurel.example", name="Root")
    return world


def statuses_of(page, person, world):
    """The status of this page of every registered model: `{"outbox.message": 200, …}`."""
    client = Client()
    if person != "visitor":
        client.force_login(getattr(world, person))
    found = {model._meta.label_lower: _status(client, model, page) for model in MODELS}
    return {label: status for label, status in found.items() if status}


def _status(client, model, page):
    """None where there is no such page."""
    try:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
    except NoReverseMatch:
        return None
    before = transaction.savepoint()
    status = client.get(url).status_code
    transaction.savepoint_rollback(before)
    return status


def test_nobody_without_the_admins_key_opens_any_of_it(world):
    for person in ("visitor", *OUTSIDERS):
        for page in ("changelist", "add"):
            assert set(statuses_of(page, person, world).values()) == {302}


def test_a_judge_opens_no_list_and_no_form(world):
    for page in ("changelist", "add"):
        assert set(statuses_of(page, "judge", world).values()) == {403}


def test_the_team_opens_every_list_of_ours_and_no_other(world):
    ours = ("advocacy.", "nominations.", "awards.", "references.", "outbox.")
    statuses = statuses_of("changelist", "team", world)
    assert {label for label, status in statuses.items() if label.startswith(ours) and status != 200} == set()
    assert {status for label, status in statuses.items() if not label.startswith(ours)} == {403}


def test_a_superuser_opens_every_list(world):
    assert set(statuses_of("changelist", "superuser", world).values()) == {200}


def test_no_form_breaks_for_whoever_may_open_it(world):
    for person in ("team", "superuser"):
        assert set(statuses_of("add", person, world).values()) <= {200, 403}


def test_whoever_is_let_in_elsewhere_is_told_no_at_the_admins_door(world):
    for person in OUTSIDERS:
        client = Client()
        client.force_login(getattr(world, person))
        assert client.get("/admin/", follow=True).status_code == 403


def test_every_person_of_the_table_is_tried():
    assert set(PERSONS) == {"visitor", *OUTSIDERS, "judge", "team"}

"""Every page of ours, tried as each kind of person."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern, get_resolver

from tests.access import PERSONS, make_world

APPS = ("portal", "outbox", "advocacy", "nominations", "awards", "references")


def collected_rows():
    modules = [f"tests.{app}.access" for app in APPS if find_spec(f"tests.{app}.access")]
    return [row for module in modules for row in import_module(module).ROWS]


ROWS = collected_rows()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for the whole table, in a transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.clients = {person: signed_in_as(person, world) for person in PERSONS}
        yield world
        transaction.set_rollback(True)


def signed_in_as(person, world):
    """The browser of this person, who signed in once, and the cookies it had then."""
    client = Client()
    if person != "visitor":
        client.force_login(getattr(world, person))
    return client, client.cookies.output(header="", sep=";")


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_page_gives_each_of_its_answers_to_one_person(row, world):
    """One person for each answer; the slow test below asks all of them."""
    expected = {person: row.expect[person] for person in one_for_each_answer(row)}
    assert {person: status_for(row, person, world) for person in expected} == expected


def one_for_each_answer(row):
    return {row.expect[person]: person for person in reversed(PERSONS)}.values()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_page_answers_each_person(row, world):
    assert {person: status_for(row, person, world) for person in PERSONS} == row.expect


def status_for(row, person, world):
    """The status this person gets; whatever that changed is undone, so that all meet the same world."""
    before = transaction.savepoint()
    client, cookies = world.clients[person]
    client.cookies.clear()
    client.cookies.load(cookies)
    url = reverse(row.name, args=row.args(world), query=row.query(world) or None)
    status = getattr(client, row.method)(url, row.data(world)).status_code
    transaction.savepoint_rollback(before)
    return status


def names_of_our_patterns():
    """The names of all URL patterns outside allauth and Django's generic admin pages."""
    ours = [resolver for resolver in get_resolver().url_patterns if not str(resolver.pattern).startswith(("accounts/", "admin/"))]
    return {pattern.name for resolver in ours for pattern in _patterns(resolver)}


def _patterns(resolver):
    if isinstance(resolver, URLPattern):
        return [resolver]
    return [pattern for inner in resolver.url_patterns for pattern in _patterns(inner)]


def test_no_page_is_missing_from_the_table():
    assert names_of_our_patterns() - {row.name for row in ROWS} == set()


def test_a_page_without_a_row_is_found(settings):
    """The test above is able to fail."""
    settings.ROOT_URLCONF = "tests.portal.test_error_pages"
    assert names_of_our_patterns() - {row.name for row in ROWS} == {"broken", "forbidden", "form"}

"""Error pages: our words, a way onward, no database, and the policy on each."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from tests.factories import make_user


def broken(request):
    raise RuntimeError("on purpose")


def forbidden(request):
    raise PermissionDenied("a secret reason")


def form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("broken/", broken, name="broken"),
    path("forbidden/", forbidden, name="forbidden"),
    path("form/", form, name="form"),
]


@pytest.fixture
def visitor(settings):
    """Pages of our own that fail, and a browser that is shown what a person would be."""
    settings.ROOT_URLCONF = "tests.portal.test_error_pages"
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


PAGES = {
    "/no-such-page/": (404, "There is no such page"),
    "/broken/": (500, "Something broke here"),
    "/forbidden/": (403, "Not for you to open"),
}


@pytest.mark.parametrize(("address", "status", "heading"), [(address, *page) for address, page in PAGES.items()])
@pytest.mark.filterwarnings("ignore")
def test_each_error_has_a_page_that_needs_no_database(visitor, address, status, heading):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert 'href="/">Go to your start page' in answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_form_without_its_token_says_what_to_do(visitor):
    answer = visitor.post("/form/", {"text": "long written"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_too_many_tries_have_a_page():
    assert "Wait five minutes" in render_to_string("429.html")


@pytest.mark.django_db
def test_too_many_sign_ins_from_one_place_are_answered_with_it(client):
    person = make_user("sales", password="long enough 1")
    answers = [client.post("/accounts/login/", {"login": person.email, "password": "x"}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["advocacy/account/?lifecycle=%00", "autocomplete/?term=%00", "outbox/message/?q=a%00b"])
def test_a_null_character_in_the_admin_is_no_error_of_ours(client, page):
    client.force_login(make_user("advocacy_team"))
    answer = client.get(f"/admin/{page}")
    assert answer.status_code == 400
    assert "<h1>This address cannot be read</h1>" in answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]

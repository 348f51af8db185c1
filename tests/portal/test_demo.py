"""One click per role, in a demo and nowhere else."""

import pytest
from django.urls import reverse

from portal.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from tests.factories import make_user

pytestmark = pytest.mark.django_db

URL = "/demo/sign-in/"
MAYA = DEMO_PEOPLE[0]


@pytest.fixture
def maya():
    return make_user(MAYA.role, email=MAYA.email, name=MAYA.name, password=DEMO_PASSWORD)


@pytest.fixture
def _demo(settings):
    settings.DEMO = True


def test_outside_the_demo_there_is_no_such_page_and_no_button(client, settings, maya):
    settings.DEMO = False
    assert client.post(URL, {"email": maya.email}).status_code == 404
    assert "one click" not in client.get("/accounts/login/").content.decode()


@pytest.mark.usefixtures("_demo")
def test_one_click_signs_in(client, maya):
    assert client.post(URL, {"email": maya.email}).url == reverse("home")
    assert client.session["_auth_user_id"] == str(maya.pk)


@pytest.mark.usefixtures("_demo", "maya")
def test_the_sign_in_page_offers_the_people_who_are_there(client):
    page = client.get("/accounts/login/").content.decode()
    assert MAYA.name in page
    assert DEMO_PEOPLE[1].name not in page


@pytest.mark.usefixtures("_demo", "maya")
def test_the_click_leads_back_to_where_one_was_going(client):
    answer = client.post(URL, {"email": MAYA.email, "next": "/programs/"})
    assert answer.url == "/programs/"


@pytest.mark.usefixtures("_demo", "maya")
def test_the_click_leads_to_no_other_site(client):
    assert client.post(URL, {"email": MAYA.email, "next": "https://evil.example/"}).url == reverse("home")


@pytest.mark.usefixtures("_demo")
def test_nobody_but_the_people_of_the_demo(client):
    stranger = make_user("advocacy_team")
    assert client.post(URL, {"email": stranger.email}).status_code == 404


@pytest.mark.usefixtures("_demo", "maya")
def test_a_link_does_not_sign_in(client):
    assert client.get(URL).status_code == 405


def test_there_is_one_person_for_each_role():
    assert sorted(person.role for person in DEMO_PEOPLE) == ["advocacy_team", "colleague", "csm", "judge", "leader", "sales"]

"""People in the admin: made without a password, given roles, and superusers out of the team's reach."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from advocacy.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/advocacy/user/add/"


@pytest.fixture
def team(client):
    member = make_user("advocacy_team")
    client.force_login(member)
    return member


@pytest.fixture
def superuser():
    return User.objects.create_superuser("root@laurel.example", "long enough 1", name="Root")


def fields(**others):
    role = Group.objects.get(name="csm")
    return {"email": "New.Person@Laurel.example", "name": "New Person", "time_zone": "UTC", "groups": [role.pk]} | others


def page_of(user):
    return reverse("admin:advocacy_user_change", args=[user.pk])


@pytest.mark.usefixtures("team")
def test_a_new_person_has_a_role_and_no_password(client):
    client.post(ADD, fields())
    person = User.objects.get(email="new.person@laurel.example")
    assert [group.name for group in person.groups.all()] == ["csm"]
    assert not person.has_usable_password()


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("name", ["Mars/Base", "Europe"])
def test_a_time_zone_that_does_not_exist_is_refused_at_its_field(client, name):
    answer = client.post(ADD, fields(time_zone=name))
    assert f"{name} is not a time zone" in str(answer.context["errors"])
    assert not User.objects.filter(name="New Person").exists()


@pytest.mark.usefixtures("team")
def test_the_same_address_in_capitals_is_refused(client):
    make_user("sales", email="new.person@laurel.example")
    assert client.post(ADD, fields()).status_code == 200
    assert User.objects.filter(email__iexact="new.person@laurel.example").count() == 1


@pytest.mark.usefixtures("team")
def test_a_person_without_a_role_is_made_with_a_warning(client):
    answer = client.post(ADD, fields(groups=[]), follow=True)
    assert "has no role yet" in answer.content.decode()


@pytest.mark.usefixtures("team")
def test_the_team_makes_nobody_a_superuser(client):
    person = make_user("sales")
    assert "is_superuser" not in client.get(page_of(person)).content.decode()
    client.post(page_of(person), fields(email=person.email, is_superuser="on", workday_starts="09:00", workday_ends="17:00"))
    person.refresh_from_db()
    assert (person.name, person.is_superuser) == ("New Person", False)


@pytest.mark.usefixtures("team")
def test_the_team_changes_no_superuser(client, superuser):
    assert client.post(page_of(superuser), fields()).status_code == 403
    assert client.get(f"/admin/advocacy/user/{superuser.pk}/password/").status_code == 403


def test_nobody_sets_a_password_for_somebody_else(client, superuser):
    person = make_user("sales")
    passwords = {"password1": "a long secret 1", "password2": "a long secret 1", "usable_password": "true"}
    for by in (make_user("advocacy_team"), superuser):
        client.force_login(by)
        assert client.post(f"/admin/advocacy/user/{person.pk}/password/", passwords).status_code == 403
    person.refresh_from_db()
    assert not person.check_password("a long secret 1")


def test_a_superuser_does(client, superuser):
    client.force_login(superuser)
    person = make_user("sales")
    assert "is_superuser" in client.get(page_of(person)).content.decode()


@pytest.mark.usefixtures("team")
def test_nobody_is_deleted(client):
    person = make_user("sales")
    assert client.get(reverse("admin:advocacy_user_delete", args=[person.pk])).status_code == 403


@pytest.mark.usefixtures("team")
def test_a_change_stands_in_the_history(client):
    person = make_user("sales")
    client.post(page_of(person), fields(email=person.email, workday_starts="09:00", workday_ends="17:00"))
    history = client.get(reverse("admin:advocacy_user_history", args=[person.pk])).content.decode()
    assert "Changed" in history


@pytest.mark.usefixtures("team")
def test_more_people_cost_no_more_queries(client, django_assert_max_num_queries):
    make_user("sales")
    with django_assert_max_num_queries(12) as with_few:
        client.get("/admin/advocacy/user/")
    make_user("csm")
    make_user("judge")
    with django_assert_max_num_queries(12) as with_more:
        client.get("/admin/advocacy/user/")
    assert len(with_more) == len(with_few)

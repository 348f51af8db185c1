"""Whoever runs the program, superusers included, signs in with a second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from advocacy.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def make_superuser():
    return User.objects.create_superuser("root@laurel.example", "long enough 1", name="Root")


def code_for(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/advocacy/user/", "/programs/", "/accounts/password/change/"])
def test_the_team_is_sent_to_set_one_up_before_anything_else(client, path):
    client.force_login(make_user("advocacy_team"))
    assert client.get(path).url == reverse("mfa_activate_totp")


def test_so_is_a_superuser(client):
    client.force_login(make_superuser())
    assert client.get("/admin/").url == reverse("mfa_activate_totp")


def test_a_post_is_stopped_too(client):
    client.force_login(make_user("advocacy_team"))
    assert client.post("/admin/advocacy/user/add/", {"email": "x@laurel.example"}).url == reverse("mfa_activate_totp")
    assert not User.objects.filter(email="x@laurel.example").exists()


@pytest.mark.parametrize("role", ["sales", "csm", "colleague", "judge", "leader"])
def test_other_roles_are_not_asked(client, role):
    client.force_login(make_user(role))
    assert client.get("/").status_code == 200


def test_with_one_the_team_works_on(client):
    member = make_user("advocacy_team")
    TOTP.activate(member, generate_totp_secret())
    client.force_login(member)
    assert client.get("/admin/").status_code == 200


def test_the_password_alone_does_not_sign_in_whoever_has_one(client):
    member = make_user("advocacy_team", password="long enough 1")
    TOTP.activate(member, generate_totp_secret())
    answer = client.post("/accounts/login/", {"login": member.email, "password": "long enough 1"})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_code_after_the_password_does(client):
    member = make_user("advocacy_team", password="long enough 1")
    secret = generate_totp_secret()
    TOTP.activate(member, secret)
    client.post("/accounts/login/", {"login": member.email, "password": "long enough 1"})
    assert client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)}).url == reverse("home")
    assert client.session["_auth_user_id"] == str(member.pk)


def test_the_admins_own_sign_in_page_is_no_way_around(client):
    member = make_user("advocacy_team", password="long enough 1")
    answer = client.post("/admin/login/", {"username": member.email, "password": "long enough 1"})
    assert answer.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_setting_it_up_shows_recovery_codes_and_opens_the_door(client):
    member = make_user("advocacy_team", password="long enough 1")
    client.post("/accounts/login/", {"login": member.email, "password": "long enough 1"})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(form.secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.get("/admin/").status_code == 200


def test_the_gate_can_be_taken_away(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make_user("advocacy_team"))
    assert client.get("/").status_code == 200


def test_an_old_session_is_asked_for_the_password_before_it_is_removed(client, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    member = make_user("advocacy_team", password="long enough 1")
    TOTP.activate(member, generate_totp_secret())
    client.force_login(member)
    assert client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))

"""Signing in, out and back in with a new password; and what there is not: signing up."""

import re

import pytest
from django.urls import reverse

from advocacy.models import User
from outbox.models import Message
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def sign_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def test_the_right_password_leads_to_the_start_page(client):
    person = make_user("sales", password="long enough 1")
    assert sign_in(client, person.email, "long enough 1").url == reverse("home")


def test_the_address_may_be_typed_in_capitals(client):
    person = make_user("sales", password="long enough 1")
    assert sign_in(client, person.email.upper(), "long enough 1").status_code == 302


def test_a_wrong_password_says_so_at_the_form(client):
    person = make_user("sales", password="long enough 1")
    answer = sign_in(client, person.email, "something else")
    assert answer.status_code == 200
    assert "not correct" in answer.content.decode()


def test_a_closed_account_is_told_so(client):
    person = make_user("sales", password="long enough 1", is_active=False)
    assert sign_in(client, person.email, "long enough 1").url == reverse("account_inactive")


def test_guessing_is_stopped_with_a_page_of_ours(client):
    person = make_user("sales", password="long enough 1")
    answers = [sign_in(client, person.email, f"guess {number}") for number in range(7)]
    assert "Too many failed login attempts" in answers[-1].content.decode()


def test_nobody_signs_up(client):
    answer = client.post(
        "/accounts/signup/", {"email": "new@example.com", "password1": "long enough 1", "password2": "long enough 1"}
    )
    assert "Accounts are made for you" in answer.content.decode()
    assert not User.objects.exists()


def test_a_reset_mail_goes_through_the_outbox_with_a_link_to_our_own_address(client, settings):
    person = make_user("sales", password="long enough 1")
    client.post("/accounts/password/reset/", {"email": person.email}, headers={"host": "127.0.0.1"})
    message = Message.objects.get(kind="account")
    assert (message.recipient, message.about) == (person.email, person)
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in message.text


def test_the_link_of_the_mail_sets_a_new_password(client):
    person = make_user("sales", password="long enough 1")
    client.post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"/accounts/password/reset/key/\S+", Message.objects.get().text)[0]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "quite another 2", "password2": "quite another 2"})
    assert sign_in(client, person.email, "quite another 2").url == reverse("home")


def test_a_person_made_without_a_password_can_set_one_by_the_mail(client):
    person = make_user("sales")
    client.post("/accounts/password/reset/", {"email": person.email})
    assert Message.objects.get().recipient == person.email


def test_an_unknown_address_gets_no_mail_and_the_page_says_nothing_else(client):
    answer = client.post("/accounts/password/reset/", {"email": "nobody@laurel.example"}, follow=True)
    assert "If the address belongs to an account" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_used_link_offers_a_new_one(client):
    answer = client.get("/accounts/password/reset/key/1-abc-def/", follow=True)
    assert "This link no longer works" in answer.content.decode()


def test_a_changed_password_is_told_to_its_owner(client):
    person = make_user("sales", password="long enough 1")
    sign_in(client, person.email, "long enough 1")
    client.post(
        "/accounts/password/change/",
        {"oldpassword": "long enough 1", "password1": "quite another 2", "password2": "quite another 2"},
    )
    assert "Your password was changed." in Message.objects.get(recipient=person.email).text


def test_signing_out_needs_a_post(client):
    client.force_login(make_user("sales"))
    assert client.get("/accounts/logout/").status_code == 200
    assert client.post("/accounts/logout/").url == reverse("home")
    assert "_auth_user_id" not in client.session


def test_an_address_that_was_replaced_opens_no_way_in_any_more(client):
    """A reset makes allauth remember an address, beside the one the advocacy team keeps in the admin."""
    person, team = make_user("sales", email="left@laurel.example"), make_user("advocacy_team")
    client.post(reverse("account_reset_password"), {"email": "left@laurel.example"})
    client.force_login(team)
    form = client.get(reverse("admin:advocacy_user_change", args=[person.pk])).context["adminform"].form
    values = {name: value for name, value in form.initial.items() if value is not None and name != "groups"}
    groups = [group.pk for group in person.groups.all()]
    client.post(
        reverse("admin:advocacy_user_change", args=[person.pk]), values | {"email": "new@laurel.example", "groups": groups}
    )
    client.logout()
    Message.objects.all().delete()

    for address in ("left@laurel.example", "new@laurel.example"):
        client.post(reverse("account_reset_password"), {"email": address})
    assert [message.recipient for message in Message.objects.filter(kind="account")] == ["new@laurel.example"]

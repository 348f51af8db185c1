import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy import services
from advocacy.models import Advocate, Introduction, Recruitment
from outbox.models import Message
from tests.factories import activity, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def form(**fields):
    return {
        "name": "Ada Nilsen",
        "email": "ada@nilsen.example",
        "company": "Nilsen",
        "title": "CIO",
        "why": "It saved our spring.",
        "activities": [activity("speaking").pk],
        "agreed": "on",
        "form_key": str(uuid4()),
    } | fields


def send(client, **fields):
    return client.post(reverse("become-an-advocate"), form(**fields))


def token_of(introduction):
    text = Message.objects.about(introduction).get().text
    return re.search(r"confirm/([^/\s]+)/", text)[1]


def confirm(client, **fields):
    send(client, **fields)
    introduction = Introduction.objects.latest("pk")
    response = client.post(reverse("confirm-introduction", args=[token_of(introduction)]), follow=True)
    introduction.refresh_from_db()
    return introduction, response


def seen(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_customer_who_confirms_stands_in_the_pipeline_of_the_company(client):
    csm = make_user("csm")
    account = make_account(csm=csm, domain="nilsen.example")
    introduction, response = confirm(client)

    assert "Your offer has reached us" in response.content.decode()
    recruitment = introduction.recruitment
    assert (recruitment.source, recruitment.why, recruitment.advocate.account) == ("themselves", "It saved our spring.", account)
    assert Message.objects.filter(kind="put_forward", recipient=csm.email).exists()


def test_a_namesake_does_not_put_their_address_on_somebody_we_know(client):
    known = make_advocate(account=make_account(domain="nilsen.example"), name="Ada Nilsen", email="")
    confirm(client, email="a.nilsen@nilsen.example")

    known.refresh_from_db()
    assert known.email == ""


def test_the_sentence_agreed_to_is_kept_as_it_was_shown(client):
    page = client.get(reverse("become-an-advocate")).content.decode()
    introduction, _response = confirm(client)
    assert introduction.consent_text in page
    assert introduction.consent_text.startswith("You may keep what I wrote here")


def test_nothing_counts_before_the_link_is_confirmed(client):
    send(client)
    introduction = Introduction.objects.get()
    assert client.get(reverse("confirm-introduction", args=[token_of(introduction)])).status_code == 200
    assert not Advocate.objects.exists()
    assert not Recruitment.objects.exists()


def test_without_a_known_company_the_team_is_asked_to_link_it(client):
    team = make_user("advocacy_team")
    introduction, _response = confirm(client)
    assert introduction.recruitment.advocate.account is None
    assert Message.objects.filter(kind="put_forward", recipient=team.email).exists()


def test_strangers_and_advocates_are_answered_alike(client):
    known = make_advocate(email="ada@nilsen.example", account=make_account(csm=make_user("csm"), domain="nilsen.example"))
    introduction, response = confirm(client)
    _stranger, other_response = confirm(client, email="bo@elsewhere.example")

    assert seen(response) == seen(other_response)
    assert introduction.recruitment is None
    assert Message.objects.filter(kind="introduced_again", recipient=known.account.csm.email).exists()


def test_the_same_form_twice_is_one_row_and_one_mail(client):
    key = str(uuid4())
    for _again in range(2):
        assert send(client, form_key=key).status_code == 302
    assert (Introduction.objects.count(), Message.objects.count()) == (1, 1)


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client):
    assert send(client, website="https://casino.example").status_code == 302
    assert not Introduction.objects.exists()


def test_too_many_forms_are_refused_and_the_text_is_kept(client):
    for _one in range(5):
        send(client)
    response = send(client)
    assert response.status_code == 429
    assert "It saved our spring." in response.content.decode()


def test_a_link_is_good_once_and_for_a_week(client):
    send(client)
    introduction = Introduction.objects.get()
    assert client.get(reverse("confirm-introduction", args=["nonsense"])).status_code == 404
    token = token_of(introduction)
    services.confirm_introduction(token=token, now=NOW)
    assert "Thank you" in client.get(reverse("confirm-introduction", args=[token])).content.decode()


def test_what_nobody_confirms_is_deleted(client):
    send(client)
    assert services.remove_unconfirmed_introductions(now=NOW + timedelta(days=29)) == 0
    assert services.remove_unconfirmed_introductions(now=NOW + timedelta(days=31)) > 0
    assert not Introduction.objects.exists()

"""What changed at a nominated customer stands on the start page until somebody has seen to it."""

import pytest
from django.urls import reverse

from nominations.models import Alert
from nominations.services.alerts import settle_alert
from tests.factories import NOW, make_account, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert():
    nomination = make_nomination(account=make_account(csm=make_user("csm")))
    return Alert.objects.create(nomination=nomination, kind="escalation", detail="An escalation is open.", noticed_at=NOW)


def shown_to(client, person):
    client.force_login(person)
    return client.get(reverse("home")).context["alerts"]


def test_the_customers_csm_sees_what_changed(client, alert):
    assert shown_to(client, alert.nomination.account.csm) == [alert]


def test_whoever_answers_for_the_program_sees_it(client, alert):
    program = alert.nomination.program
    program.contact = make_user("advocacy_team")
    program.save(update_fields=["contact"])
    assert shown_to(client, program.contact) == [alert]


def test_another_csm_does_not(client, alert):
    assert shown_to(client, make_user("csm")) == []


def test_what_was_seen_to_is_gone(client, alert):
    csm = alert.nomination.account.csm
    settle_alert(alert=alert, by=csm, now=NOW)
    assert shown_to(client, csm) == []

"""Changes at the customer that matter while a nomination is under way."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from advocacy import services as advocacy
from nominations.models import Alert
from nominations.services.alerts import watch_customers
from outbox.models import Message
from tests.factories import NOW, make_account, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination():
    program = make_program(now=NOW, phase="judging", contact=make_user("advocacy_team"))
    account = make_account(csm=make_user("csm"), health_score=90)
    nomination = make_nomination(program, account=account)
    watch_customers(now=NOW)
    return nomination


def alerts():
    return list(Alert.objects.values_list("kind", flat=True))


def change(account, **fields):
    for name, value in fields.items():
        setattr(account, name, value)
    account.save()


def test_nothing_changed_raises_nothing(nomination):
    assert watch_customers(now=NOW) == 0
    assert alerts() == []


@pytest.mark.parametrize(
    ("fields", "kind"),
    [({"health_score": 40}, "account_soured"), ({"open_escalation": True}, "escalation"), ({"csm": None}, "csm_changed")],
)
def test_a_change_of_the_account_is_told_once(nomination, fields, kind):
    change(nomination.account, **fields)

    assert [watch_customers(now=NOW) for _beat in range(2)] == [1, 0]
    assert alerts() == [kind]


def test_a_nominee_who_leaves_is_told_to_the_csm_and_the_contact(nomination):
    advocacy.change_employer(advocate=nomination.nominee, account=make_account(name="Elsewhere"), title="CTO", by=None, now=NOW)

    watch_customers(now=NOW)

    assert alerts() == ["nominee_left"]
    told = set(Message.objects.filter(kind="alert_raised").values_list("recipient", flat=True))
    assert told == {nomination.account.csm.email, nomination.program.contact.email}


def test_what_gets_better_raises_nothing(nomination):
    change(nomination.account, health_score=None, open_escalation=False)

    assert watch_customers(now=NOW) == 0


def test_long_after_the_announcement_nobody_watches(nomination):
    nomination.program.announced_at = NOW - timedelta(days=100)
    nomination.program.save()
    change(nomination.account, open_escalation=True)

    assert watch_customers(now=NOW) == 0


def test_watching_is_no_change_of_the_nomination(nomination):
    before = nomination.updated_at
    change(nomination.account, open_escalation=True)
    watch_customers(now=NOW)
    nomination.refresh_from_db()

    assert nomination.updated_at == before


def test_an_alert_stands_on_the_nomination_until_somebody_saw_to_it(nomination, client):
    change(nomination.account, open_escalation=True)
    watch_customers(now=NOW)
    client.force_login(nomination.account.csm)
    page = reverse("nomination", args=[nomination.pk])
    assert re.search(r"An escalation opened, <time.*</time>: An escalation is open at [^<]+\.</span>", client.get(page).text)

    client.post(reverse("nomination-alert-settle", args=[nomination.pk, Alert.objects.get().pk]))

    assert "An escalation is open" not in client.get(page).text
    assert Alert.objects.get().settled_by == nomination.account.csm

"""Customers worth nominating, with the value behind each line."""

import pytest
from django.urls import reverse

from advocacy.models import EligibilityRules
from nominations.models import Nomination
from tests.factories import NOW, make_account, make_advocate, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    user = make_user("csm")
    client.force_login(user)
    return user


def make_customer(csm, nps=10, relationship=5, **fields):
    account = make_account(csm=csm, metrics_as_of=NOW.date(), customer_since="2020-01-01", **fields)
    make_advocate(account=account, nps=nps, nps_on=NOW.date(), relationship=relationship)
    return account


def shown(client):
    context = client.get(reverse("worth-nominating")).context
    return [[worth.account for worth in context[name]] for name in ("ready", "nearly")]


def test_who_meets_every_line_and_who_misses_one(client, csm):
    ready = make_customer(csm)
    nearly = make_customer(csm, health_score=50)
    make_customer(csm, health_score=50, nps=3)

    assert shown(client) == [[ready], [nearly]]


def test_the_value_stands_behind_each_line(client, csm):
    make_customer(csm, health_score=69)

    page = client.get(reverse("worth-nominating")).text

    assert "Health of 70 or more: 69" in " ".join(page.split())


def test_the_lines_can_be_edited(client, csm):
    customer = make_customer(csm, health_score=65)
    EligibilityRules.objects.create(health=60)

    assert shown(client) == [[customer], []]


def test_the_person_who_meets_most_lines_speaks_for_the_account(client, csm):
    account = make_customer(csm, nps=2)
    best = make_advocate(account=account, nps=10, nps_on=NOW.date(), relationship=5, name="Zoe")

    (worth,) = client.get(reverse("worth-nominating")).context["ready"]

    assert worth.person == best


def test_an_account_where_we_know_nobody_is_not_nearly_there(client, csm):
    make_account(csm=csm)

    assert shown(client) == [[], []]


def test_nobody_sees_another_s_customers(client, csm):
    make_customer(make_user("csm"))

    assert shown(client) == [[], []]


def test_one_click_begins_the_nomination(client, csm):
    program, account = make_program(now=NOW), make_customer(csm)
    assert reverse("nominate", args=[program.slug]) in client.get(reverse("worth-nominating")).text

    client.post(reverse("nominate", args=[program.slug]), {"account": account.pk})

    assert program.nominations.get().account == account


def test_the_page_takes_the_same_queries_for_1_and_3(client, csm, django_assert_max_num_queries):
    counts = []
    for size in (1, 2):
        for _number in range(size):
            make_customer(csm)
        client.get(reverse("worth-nominating"))
        with django_assert_max_num_queries(14) as captured:
            client.get(reverse("worth-nominating"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_person_shown_stands_in_the_draft_that_begins_there(client, csm):
    program = make_program(phase="open")
    make_customer(csm)
    (worth,) = client.get(reverse("worth-nominating")).context["ready"]
    assert f'name="nominee" value="{worth.person.pk}"' in client.get(reverse("worth-nominating")).text

    client.post(reverse("nominate", args=[program.slug]), {"account": worth.account.pk, "nominee": worth.person.pk})

    assert Nomination.objects.get().nominee == worth.person


def test_nobody_of_another_company_can_be_put_there(client, csm):
    program = make_program(phase="open")
    account, stranger = make_customer(csm), make_advocate()

    client.post(reverse("nominate", args=[program.slug]), {"account": account.pk, "nominee": stranger.pk})

    assert Nomination.objects.get().nominee is None

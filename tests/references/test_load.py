"""Who carries the asks: five asked too much and two hundred never asked are visible at a glance."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.jobs import running
from advocacy.models import Advocate, Ask, Job, Recognition
from references.load import load_of, people_of
from tests.factories import NOW, activity, make_account, make_advocate, make_industry, make_user

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def team():
    return make_user("advocacy_team")


def asked(advocate, times=1, state="done", days_ago=10, code="reference-call"):
    for _time in range(times):
        Ask.objects.create(
            advocate=advocate,
            account=advocate.account,
            activity_type=activity(code),
            state=state,
            counts_on=TODAY - timedelta(days=days_ago),
        )
    return advocate


def names(team, listed):
    return [row.name for row in people_of(team, listed, 1, NOW)]


def test_who_is_at_their_own_limit_is_asked_too_much(team):
    asked(make_advocate(name="Tired", max_asks_per_quarter=2), times=2)
    asked(make_advocate(name="Rested", max_asks_per_quarter=3), times=2)

    assert names(team, "over") == ["Tired"]


def test_and_who_was_asked_more_often_than_one_can_bear_in_a_year(team):
    asked(make_advocate(name="Tired"), times=5, days_ago=200)
    asked(make_advocate(name="Rested"), times=4, days_ago=200)

    assert names(team, "over") == ["Tired"]


@pytest.mark.parametrize("state", ["proposed", "cancelled", "expired"])
def test_an_ask_that_never_reached_the_customer_is_none(team, state):
    asked(make_advocate(name="Fresh"), state=state)

    assert names(team, "never") == ["Fresh"]


def test_a_gift_is_no_ask_but_counts_as_given(team):
    asked(make_advocate(name="Winner"), code="award")

    [row] = people_of(team, "never", 1, NOW)
    assert (row.year, row.given) == (0, 1)


def test_what_was_delivered_is_given_and_what_was_promised_is_owed(team):
    advocate = asked(make_advocate(name="Patient"))
    for status in ("delivered", "promised", "planned"):
        Recognition.objects.create(advocate=advocate, kind="swag", what="Mug", status=status, created_at=NOW)

    [row] = people_of(team, "owed", 1, NOW)
    assert (row.name, row.year, row.given, row.promised) == ("Patient", 1, 1, 1)


def test_give_and_take_puts_first_who_gave_most_for_least(team):
    asked(make_advocate(name="One"), times=1)
    asked(make_advocate(name="Three"), times=3, days_ago=100)

    assert names(team, "all") == ["Three", "One"]


def test_candidates_and_retired_people_carry_nothing(team):
    asked(make_advocate(status="retired"), times=5)
    make_advocate(status="candidate")

    found = load_of(team, "segment", NOW)
    assert (found.advocates, found.over, found.never) == (0, 0, 0)


def test_the_groups_show_where_the_asks_fall(team):
    health, banks = make_industry("Healthcare"), make_industry("Banking")
    for _number in range(2):
        make_advocate(account=make_account(industry=banks))
    asked(make_advocate(account=make_account(industry=health)), times=5, days_ago=100)

    groups = load_of(team, "industry", NOW).groups
    assert [(group.name, group.advocates, group.over, group.never, group.asks) for group in groups] == [
        ("Healthcare", 1, 1, 0, 5),
        ("Banking", 2, 0, 2, 0),
    ]


def test_five_over_asked_and_two_hundred_never_asked_are_seen_at_a_glance(client, team):
    account = make_account()
    for number in range(5):
        asked(make_advocate(account=account, name=f"Tired {number}"), times=5, days_ago=-days_since(TODAY))
    Advocate.objects.bulk_create(Advocate(name=f"Fresh {number}", account=account, status="active") for number in range(200))
    client.force_login(team)

    page = " ".join(client.get(reverse("load")).content.decode().split())
    assert "<strong>5</strong> Asked too much" in page
    assert "<strong>200</strong> Never asked" in page


def days_since(day):
    return (timezone.now().date() - day).days


def test_unknown_names_in_the_address_give_the_usual_page(client, team):
    client.force_login(team)

    assert client.get(reverse("load"), {"by": "'; DROP", "list": "x", "page": "99999999999999999999"}).status_code == 200


def test_the_list_leaves_as_a_csv_without_formulas_and_a_long_one_as_long_work(client, team, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("references.views.load.AT_ONCE", 1)
    make_advocate(name="=HYPERLINK(1)"), make_advocate()
    client.force_login(team)
    url = f"{reverse('load-csv')}?list=never"

    lines = b"".join(client.get(url)).decode().splitlines()
    assert lines[1].split(",")[1] == "'=HYPERLINK(1)"
    assert len(lines) == 2
    assert f'method="post" action="{url}"' in client.get(reverse("load"), {"list": "never"}).content.decode()
    client.post(url)
    job = Job.objects.get()
    running.work_on(job.pk, now=NOW, again=lambda pk: None)
    job.refresh_from_db()
    assert (job.state, len(job.path.read_text().splitlines())) == ("done", 3)


def test_the_page_needs_the_same_queries_for_one_advocate_and_for_three(client, team):
    client.force_login(team)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("load"), {"list": "never"})
        return len(captured)

    make_advocate()
    one = queries()
    make_advocate()
    make_advocate()
    assert queries() == one

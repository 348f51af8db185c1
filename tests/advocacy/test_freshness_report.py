from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.freshness import CHECKED
from advocacy.models import FreshnessShare
from advocacy.profile_checks.report import Chosen, people_of, report_for
from advocacy.profile_checks.shares import ended_months, keep_shares
from tests.factories import make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm", name="Ada Stone")


@pytest.fixture
def people(csm):
    """Of three of hers one is checked and one was last winter; and somebody else's."""
    account = make_account(csm=csm, segment="smb")
    checked, overdue, never = (make_advocate(account=account, created_at=timezone.now() - timedelta(days=400)) for _ in range(3))
    for person, days in ((checked, 10), (overdue, 250)):
        for section in CHECKED:
            person.verifications.create(section=section, method="csm", verified_at=timezone.now() - timedelta(days=days))
    return checked, overdue, never, make_advocate(name="=cmd", account=make_account(csm=make_user("csm")))


def bars(found):
    return {bar.key: (bar.verified, bar.people) for bar in found}


def test_a_csm_sees_the_own_and_the_team_all(people, csm):
    own = report_for(csm, Chosen(), timezone.now())
    everybody = report_for(make_user("advocacy_team"), Chosen(), timezone.now())

    assert bars(own.sections)["role"] == (1, 3)
    assert bars(own.sections)["story"] == (2, 3)
    assert bars(own.csms) == {csm.pk: (7 - 1 - 1, 15)} or bars(own.csms)[csm.pk][1] == 15
    assert (everybody.people, len(everybody.csms)) == (4, 2)


def test_the_lists_count_what_they_show(people, csm):
    report = report_for(csm, Chosen(), timezone.now())

    for name, number in report.numbers.items():
        assert len(people_of(csm, Chosen(listed=name), timezone.now()).lines) == number, name
    assert report.numbers["due"] == 2
    assert report.numbers["gone"] == 2


def test_the_months_are_told_from_the_history_once(people, csm):
    keep_shares(timezone.now())
    before = FreshnessShare.objects.count()
    keep_shares(timezone.now())

    months = [month.bars for month in report_for(csm, Chosen(), timezone.now()).months]
    assert FreshnessShare.objects.count() == before
    assert len(months) == 7
    assert bars(months[-1])["contact"] == (1, 3)
    assert bars(months[0])["contact"][1] == 3


def test_the_months_that_ended():
    assert ended_months(date(2026, 3, 2), 3) == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]


def test_the_work_list_leaves_as_csv_without_formulas(client, people, monkeypatch):
    client.force_login(make_user("advocacy_team"))

    lines = b"".join(client.get(reverse("freshness-csv"), {"list": "due"}).streaming_content).decode()

    assert "'=cmd" in lines
    assert people[0].name not in lines
    monkeypatch.setattr("advocacy.freshness_views.AT_ONCE", 1)
    short = client.get(reverse("freshness-csv"), {"list": "due"})
    assert b"".join(short.streaming_content).decode().splitlines() == lines.splitlines()[:2]
    assert short["Content-Disposition"] == 'attachment; filename="freshness-first-1.csv"'


def test_a_leader_reads_why_and_no_address(client, people):
    people[1].doubts.create(section="contact", reason="bounced", before="jane@customer.example", key="bounced")
    client.force_login(make_user("leader"))

    page = client.get(reverse("freshness"), {"list": "doubt"}).content.decode()
    file = b"".join(client.get(reverse("freshness-csv"), {"list": "doubt"}).streaming_content).decode()

    for told in (page, file):
        assert "came back" in told
        assert "jane@customer.example" not in told


def test_the_page_stays_with_its_reader_and_costs_the_same_for_more(client, people, csm, django_assert_max_num_queries):
    client.force_login(csm)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as queries:
            page = client.get(reverse("freshness")).content.decode()
        counts.append(len(queries))
        make_advocate(account=people[0].account)

    assert counts[0] == counts[1]
    assert "=cmd" not in page
    assert people[2].name in page

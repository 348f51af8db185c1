"""Used, influenced and won are three different numbers, and credit is shared."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.models import Ask
from references.models import Candidate, ReferenceRequest
from references.outcomes import Call, figures_for_deal, report_of
from tests.factories import NOW, activity, make_advocate, make_opportunity, make_user


def call(advocate, deal=1, *, influenced=None, won=None, amount=100):
    return Call(request=1, advocate=advocate, opportunity=deal, influenced=influenced, is_won=won, amount=Decimal(amount))


def test_a_deal_counts_once_and_its_advocates_share():
    report = report_of([call(1, influenced=True, won=True), call(2, won=True), call(2, won=True)])

    assert (report.total.calls, report.total.used, report.total.used_amount) == (3, 1, 100)
    assert [report.advocates[pk].used for pk in (1, 2)] == [Decimal("0.5")] * 2
    assert [report.advocates[pk].influenced for pk in (1, 2)] == [1, 0]


@pytest.mark.parametrize(
    ("influenced", "won", "numbers"),
    [
        (None, True, (1, 0, 0)),
        (False, True, (1, 0, 0)),
        (True, None, (1, 1, 0)),
        (True, False, (1, 1, 0)),
        (True, True, (1, 1, 1)),
    ],
)
def test_a_deal_is_won_only_among_those_that_somebody_called_influenced(influenced, won, numbers):
    total = report_of([call(1, influenced=influenced, won=won)]).total

    assert (total.used, total.influenced, total.won) == numbers


def test_a_conversation_without_a_deal_is_counted_apart():
    report = report_of([call(1, deal=None)])

    assert (report.total.calls, report.total.used, report.without_deal) == (1, 0, 1)


def make_held(requester, advocate=None, **fields):
    advocate = advocate or make_advocate(name="=Zoë")
    request = ReferenceRequest.objects.create(
        requester=requester,
        opportunity=make_opportunity(amount=100, is_won=True),
        activity_type=activity(),
        needed_by=NOW.date(),
        status="completed",
        **fields,
    )
    ask = Ask.objects.create(
        advocate=advocate, account=advocate.account, activity_type=activity(), state="done", counts_on=NOW.date(), ended_at=NOW
    )
    Candidate.objects.create(request=request, advocate=advocate, ask=ask, state="approved")
    return request


@pytest.mark.django_db
def test_the_report_costs_the_same_for_one_advocate_and_for_three(client):
    leader, sales, counts = make_user("leader"), make_user("sales"), []
    client.force_login(leader)
    for _ in range(3):
        make_held(sales, influenced=True)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("outcomes"), {"period": "all"}).content.decode()
        counts.append(len(captured))

    assert counts[0] == counts[2]
    assert "None of them says that a reference was the cause." in page


@pytest.mark.django_db
def test_the_report_as_csv_runs_nothing_in_a_spreadsheet(client):
    make_held(make_user("sales"), influenced=True)
    client.force_login(make_user("leader"))

    lines = b"".join(client.get(reverse("outcomes-csv"), {"period": "all"}).streaming_content).decode().splitlines()

    assert lines[1].startswith("\"'=Zoë")
    assert lines[1].endswith("1,1.00,1.00,1.00,100.00,100.00,100.00")


@pytest.mark.django_db
def test_a_request_tells_what_references_did_for_its_deal_of_what_its_reader_may_see(client):
    sales, stranger = make_user("sales"), make_user("sales")
    request = make_held(sales, influenced=True)
    client.force_login(sales)

    assert figures_for_deal(request.opportunity, stranger).calls == 0
    assert "1 conversation, influenced, won" in client.get(request.get_absolute_url()).content.decode()

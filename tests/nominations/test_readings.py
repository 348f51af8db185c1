"""The reading a CSM owes for a nomination somebody else made."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nominations.models import Nomination
from nominations.services import save_reading
from outbox.models import Message
from tests.clocks import run_rule
from tests.factories import NOW, make_account, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

WHOLE = dict.fromkeys(Nomination.PARTNERSHIP_FIELDS, 4) | {
    f"{name}_evidence": "They called us." for name in Nomination.PARTNERSHIP_FIELDS
}
NOTHING = dict.fromkeys(Nomination.PARTNERSHIP_FIELDS)


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def program():
    return make_program(now=NOW)


@pytest.fixture
def owed(program, csm):
    return make_nomination(program, account=make_account(csm=csm), source="self", nominator=None, **NOTHING)


def before_judging(program, days):
    return program.judging_opens_at - timedelta(days=days)


def reminded():
    return list(Message.objects.filter(kind="reading_wanted").values_list("recipient", flat=True))


def test_the_csm_is_reminded_once_for_each_mark(owed, program, csm):
    for days in (8, 7, 7, 6.5, 3, 1):
        run_rule("reading_wanted", before_judging(program, days))
    assert reminded() == [csm.email] * 3


def test_the_mail_says_what_is_wanted_and_leads_there(owed, program):
    run_rule("reading_wanted", before_judging(program, 7))
    text = Message.objects.get().text
    assert "nominated themselves" in text
    assert f"/nominations/{owed.pk}/reading/" in text


def test_a_whole_reading_is_not_asked_for_any_more(owed, program):
    save_reading(nomination=owed, readings=WHOLE)
    assert run_rule("reading_wanted", before_judging(program, 7)) == 0


def test_a_number_without_its_sentence_is_no_whole_reading(owed, program):
    save_reading(nomination=owed, readings=WHOLE | {"comfort_evidence": ""})
    assert run_rule("reading_wanted", before_judging(program, 7)) == 1


def test_after_judging_opened_nobody_is_reminded(owed, program):
    assert run_rule("reading_wanted", program.judging_opens_at) == 0


def test_where_nobody_is_csm_the_advocacy_team_is(program):
    team = make_user("advocacy_team")
    make_nomination(program, account=make_account(), source="self", **NOTHING)
    run_rule("reading_wanted", before_judging(program, 7))
    assert reminded() == [team.email]


def test_whose_reading_it_is(owed, program, csm):
    of_nobody = make_nomination(program, account=make_account(), source="self", **NOTHING)
    lacking = Nomination.objects.lacking_reading(NOW)
    assert list(lacking.looked_after_by(csm)) == [owed]
    assert list(lacking.looked_after_by(make_user("advocacy_team"))) == [of_nobody]
    assert not lacking.looked_after_by(make_user("sales")).exists()


def test_the_home_page_lists_it_until_it_is_whole(client, program, csm):
    program = make_program()
    owed = make_nomination(program, account=make_account(csm=csm), source="self", nominator=None, **NOTHING)
    client.force_login(csm)
    assert client.get("/").context["readings"] == [owed]
    save_reading(nomination=owed, readings=WHOLE)
    assert client.get("/").context["readings"] == []


def test_where_nobody_is_csm_the_teams_home_page_lists_it(client):
    owed = make_nomination(make_program(), account=make_account(), source="self", nominator=None, **NOTHING)
    client.force_login(make_user("advocacy_team"))
    assert client.get("/").context["readings"] == [owed]
    assert "your confidence in the customer" in client.get(owed.get_absolute_url()).text


def test_a_reading_saved_in_part_says_what_is_still_missing(client, csm):
    owed = make_nomination(make_program(), account=make_account(csm=csm), source="self", nominator=None, **NOTHING)
    client.force_login(csm)
    url = reverse("nomination-reading", args=[owed.pk])
    assert "Saved so far. Still missing: your confidence in the customer" in client.post(url, follow=True).text
    assert "Your reading is saved." in client.post(url, WHOLE, follow=True).text

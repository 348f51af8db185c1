"""What somebody looked for in vain is kept once, and the team is told when they ask for help."""

from datetime import timedelta

import pytest

from outbox.models import Message
from references.models import UnmetNeed
from references.services import ask_team, record_need
from tests.factories import activity, make_industry, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(sales, now):
    def keep(**fields):
        fields = {"user": sales, "activity_type": activity(), "wanted": {"text": "tin"}, "query": "q=tin", "now": now} | fields
        return record_need(**fields)

    return keep


def test_a_need_knows_the_segment_that_was_wanted(keep):
    industry, product = make_industry("Retail"), make_product("Relay")
    wanted = {"text": "tin", "industry": [industry.pk, 99], "level": ["vp"], "segment": ["smb"], "product": [product.pk]}

    need = keep(wanted=wanted | {"country": ["US"]})

    assert (need.text, need.industry, need.level, need.segment, need.region) == ("tin", industry, "vp", "smb", "americas")
    assert list(need.products.all()) == [product]


def test_the_same_search_on_the_same_day_is_one_need(keep, now):
    first = keep()

    assert keep(now=now + timedelta(hours=1)) == first
    assert keep(now=now + timedelta(days=1)) != first
    assert keep(query="q=tin&region=emea") != first
    assert keep(user=make_user("sales")) != first
    assert UnmetNeed.objects.count() == 4


def test_a_request_is_one_need_on_whatever_day(keep, ask, now):
    request = ask()

    assert keep(request=request, query="") == keep(request=request, query="", now=now + timedelta(days=9))
    assert UnmetNeed.objects.get().source == "request"


def test_the_team_is_told_once(keep, team, sales):
    need = ask_team(need=keep())
    ask_team(need=need)

    message = Message.objects.get()
    assert (message.kind, message.recipient, message.reply_to) == ("reference_wanted", team.email, sales.email)
    assert "“tin”" in message.text


def test_everything_too_long_is_cut_and_the_unknown_left_out(keep):
    need = keep(wanted={"text": "a" * 5000, "industry": [10**9], "product": [10**9]}, query="q=" + "a" * 9000)

    assert (len(need.text), len(need.query), need.industry) == (200, 2000, None)

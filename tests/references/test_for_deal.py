"""For this opportunity: who fits, who is free instead, and what can be shown when nobody is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Advocate, Content, Opportunity
from advocacy.services import record_consent, verify_section
from references.services import ranking
from references.services.ranking import fits_of, ranked_candidates
from references.showing import shown_of
from references.sought import Sought, for_opportunity
from tests.factories import (
    activity,
    make_account,
    make_industry,
    make_opportunity,
    make_product,
    make_reference,
    make_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def deal():
    deal = make_opportunity(industry=make_industry("Healthcare"), country="DE", segment="enterprise", external_id="OPP/7 & more")
    deal.products.add(make_product("Insight"))
    return deal


def make_findable(now, *, industry="Healthcare", code="reference-call", account=None, **fields):
    """Free for a call and found by everybody; uses Insight."""
    account = account or make_account(industry=make_industry(industry), **fields.pop("of_account", {}))
    account.products.add(make_product("Insight"))
    advocate = make_reference(code, now=now, account=account, created_at=now - timedelta(days=30), **fields)
    for section in ("willingness", "story"):
        verify_section(advocate=advocate, section=section, method="csm", now=now)
    return advocate


def rest(advocate, sales, now, days=10):
    """A call that took place lately: thirty days of rest."""
    advocate.asks.create(
        activity_type=activity(), account=advocate.account, asked_by=sales, source="by_hand", state="done",
        counts_on=now.date() - timedelta(days=days), ended_at=now,
    )  # fmt: skip


def ranked(deal, sales, now, code="reference-call", **options):
    return ranked_candidates(request_or_deal=deal, user=sales, activity_type=activity(code), now=now, **options)


def pks(candidates):
    return [candidate.advocate.pk for candidate in candidates]


def page(client, user, deal, **query):
    client.force_login(user)
    return client.get(reverse("advocates-for-deal"), {"opportunity": deal.external_id} | query)


def allow(advocate, purpose, now, **fields):
    words = {"decision": "given", "given_by": "Zoë", "method": "mail", "text_shown": "You may.", "now": now}
    record_consent(advocate=advocate, purpose=purpose, **words | fields)


# Ranking --------------------------------------------------------------------------------------


def test_peers_of_the_deal_come_first(deal, sales, now):
    stranger = make_findable(now, industry="Retail", of_account={"country": "JP", "segment": "smb"})
    near = make_findable(now, of_account={"segment": "mid_market"})
    peer = make_findable(now)

    assert pks(ranked(deal, sales, now)) == [peer.pk, near.pk, stranger.pk]


def test_of_two_equal_fits_the_less_asked_comes_first(deal, sales, now):
    asked = make_findable(now)
    rested = make_findable(now)
    rest(asked, sales, now, days=60)

    assert pks(ranked(deal, sales, now)) == [rested.pk, asked.pk]
    assert [candidate.asks for candidate in ranked(deal, sales, now)] == [0, 1]


def test_nobody_is_a_reference_for_their_own_company(deal, sales, now):
    colleague = make_findable(now)
    deal.account = colleague.account
    deal.save()

    assert ranked(deal, sales, now) == []


def test_only_the_free_and_not_those_tried_before(deal, sales, now):
    tried, resting, free = (make_findable(now) for _ in range(3))
    rest(resting, sales, now)

    assert pks(ranked(deal, sales, now, only_free=True, exclude=[tried.pk])) == [free.pk]


def test_without_bits_the_free_are_found_behind_better_ones_who_rest(deal, sales, now, monkeypatch):
    resting, free = make_findable(now), make_findable(now)
    rest(resting, sales, now)
    monkeypatch.setattr(ranking, "nearest_ids", lambda *wishes, **must: None)
    monkeypatch.setattr(ranking, "POOL", 1)

    assert pks(ranked(deal, sales, now, only_free=True)) == [free.pk]


def test_a_paused_advocate_is_not_proposed(deal, sales, now):
    make_findable(now)
    Advocate.objects.update(status="paused")

    assert ranked(deal, sales, now) == []


def test_a_request_without_a_deal_looks_for_what_was_searched(ask, sales, now):
    retail = make_findable(now, industry="Retail")
    make_findable(now)
    wanted = {"industry": [make_industry("Retail").pk], "text": "claims", "level": ["nonsense"]}
    request = ask(opportunity=None, wanted=wanted, prospect_level="director")

    assert pks(ranked(request, sales, now))[0] == retail.pk
    assert fits_of(request, [retail])[retail.pk].fits == ["Same industry: Retail", "Same level: Director"]


def test_the_company_says_what_the_deal_does_not(now):
    account = make_account(industry=make_industry("Retail"), country="JP", segment="smb")
    sought = for_opportunity(make_opportunity(account=account))

    assert sought == Sought(
        industries=frozenset([account.industry_id]), regions=frozenset(["apac"]), segments=frozenset(["smb"]), account=account.pk
    )


def test_the_free_are_looked_for_behind_a_pool_that_rests(deal, sales, now, monkeypatch):
    monkeypatch.setattr("references.services.ranking.POOL", 1)
    best, next_best = make_findable(now), make_findable(now, of_account={"segment": "smb"})
    rest(best, sales, now)

    assert pks(ranked(deal, sales, now)) == [best.pk, next_best.pk]


# The page -------------------------------------------------------------------------------------


def test_a_button_in_the_crm_opens_the_page(client, sales, deal, now):
    make_findable(now, level="vp")
    client.force_login(sales)

    shown = client.get(reverse("advocates"), {"opportunity": deal.external_id}, follow=True).content.decode()

    assert "Fit 100 of 100" in shown
    assert "Same industry: Healthcare" in shown


def test_with_a_choice_in_the_address_the_search_page_stays_and_knows_the_deal(client, sales, deal, now):
    make_findable(now)
    client.force_login(sales)

    response = client.get(reverse("advocates"), {"opportunity": deal.external_id, "region": "emea"})

    assert "You are looking for somebody for the deal" in response.content.decode()


def test_when_the_best_rests_the_next_best_who_is_free_is_named(client, sales, deal, now):
    best, other = (
        make_findable(now, title="Head of Claims"),
        make_findable(now, title="Head of Wards", of_account={"segment": "smb"}),
    )
    rest(best, sales, now)

    response = page(client, sales, deal)
    words = " ".join(response.content.decode().split())

    assert response.context["found"].instead.person.pk == other.pk
    assert "The best match, Head of Claims, Healthcare, EMEA, Enterprise, is free again on" in words
    assert f"advocate={other.pk}&amp;opportunity=OPP" in words


def test_when_nobody_is_free_the_page_says_who_is_first_back_and_what_may_be_shown(client, sales, deal, now):
    late, soon = make_findable(now), make_findable(now, industry="Retail")
    rest(late, sales, now, days=2)
    rest(soon, sales, now, days=20)
    make_story(late, quote="We sleep again.")
    allow(late, "use_quote", now)

    response = page(client, sales, deal)

    assert response.context["found"].first_back.person.pk == soon.pk
    assert "We sleep again." in response.content.decode()


def test_what_may_be_shown_waits_while_somebody_is_free(client, sales, deal, now):
    allow(make_story(make_findable(now)).advocate, "use_quote", now)

    assert page(client, sales, deal).context["found"].pieces == []


@pytest.mark.parametrize("person", ["sales", "team"])
def test_an_unknown_deal_is_said_calmly(client, request, person):
    response = page(client, request.getfixturevalue(person), Opportunity(external_id="<b>gone\x00"))

    assert response.status_code == 404
    assert "No deal with the CRM id “&lt;b&gt;gone" in response.content.decode()


def test_a_closed_deal_says_so(client, sales, deal):
    Opportunity.objects.update(is_won=False)

    assert "This deal is lost." in page(client, sales, deal).content.decode()


def test_a_deal_of_which_the_crm_knows_nothing_still_lists_people(client, sales, now):
    advocate = make_findable(now)

    assert [one.person.pk for one in page(client, sales, make_opportunity()).context["found"].listed] == [advocate.pk]


def test_what_is_chosen_on_the_page_counts_instead_of_the_crm(client, sales, deal, now):
    make_findable(now, level="vp")
    retail = make_findable(now, industry="Retail", level="c_level")

    response = page(client, sales, deal, level="c_level", industry=make_industry("Retail").pk, segment="", region="")

    assert response.context["found"].best.person.pk == retail.pk
    assert response.context["found"].best.score == 100


def test_nonsense_in_the_form_is_not_known(client, sales, deal, now):
    make_findable(now)

    assert page(client, sales, deal, level="king", industry="999999999999999999999", product="x").status_code == 200


def test_the_level_of_the_last_request_is_remembered(client, sales, deal, ask, now):
    ask(opportunity=deal, prospect_level="c_level")

    assert page(client, sales, deal).context["sought"].levels == {"c_level"}


def test_a_deal_names_nobody_who_did_not_allow_it(client, sales, csm, deal, now):
    advocate = make_findable(now, name="Zoë Lindqvist", email="zoe@northwind.example",
                             account=make_account(name="Northwind Freight", csm=csm, industry=make_industry("Healthcare")))  # fmt: skip
    make_story(advocate, headline="Northwind pays in two days")

    words = page(client, sales, deal).content.decode()
    assert not [leak for leak in ("Zoë", "zoe@", "Northwind") if leak in words]
    assert "Zoë Lindqvist" in page(client, csm, deal).content.decode()


def test_the_page_costs_the_same_for_one_and_for_three(client, sales, deal, now):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(client, sales, deal)
        return len(queries)

    make_findable(now)
    page(client, sales, deal)  # content types and permissions are read once
    one = cost()
    make_findable(now)
    make_findable(now)
    page(client, sales, deal)  # brings the search up to date once
    assert cost() == one


# What may be shown ----------------------------------------------------------------------------


def test_only_what_the_ledger_allows_today_is_shown(sales, now):
    advocate = make_findable(now)
    Content.objects.create(advocate=advocate, kind="video", title="A day at the desk", link="https://video.example/1")
    Content.objects.create(advocate=advocate, kind="case_study", title="Two days", link="https://story.example/1")
    Content.objects.create(advocate=advocate, kind="case_study", title="Old", expires_on=now.date())

    assert shown_of([advocate.pk], sales, now.date()) == {}
    allow(advocate, "use_quote", now)
    assert [piece.title for piece in shown_of([advocate.pk], sales, now.date())[advocate.pk]] == ["Two days"]
    allow(advocate, "use_video", now, expires_on=now.date())
    assert [piece.title for piece in shown_of([advocate.pk], sales, now.date())[advocate.pk]] == ["Two days"]
    allow(advocate, "use_quote", now + timedelta(minutes=1), decision="withdrawn")
    assert shown_of([advocate.pk], sales, now.date()) == {}


def test_a_link_that_names_the_company_needs_that_consent(sales, now):
    advocate = make_findable(now)
    Content.objects.create(advocate=advocate, kind="case_study", title="Two days", link="https://northwind.example/1")
    allow(advocate, "use_quote", now)

    assert shown_of([advocate.pk], sales, now.date())[advocate.pk][0].link == ""
    allow(advocate, "use_company_name", now)
    assert shown_of([advocate.pk], sales, now.date())[advocate.pk][0].link == "https://northwind.example/1"


def test_nothing_of_a_locked_down_company_is_shown(team, now):
    advocate = make_findable(now, of_account={"publicity_status": "locked_down"})
    make_story(advocate)
    allow(advocate, "use_quote", now)

    assert shown_of([advocate.pk], team, now.date()) == {}

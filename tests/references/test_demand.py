"""Supply and demand: what is open, who is there, and whom to win next."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Gap
from references import services
from references.demand import Cell, Rules, chosen, coverage, target
from references.demand.needs import lost_deals
from references.demand.target import biggest_first
from references.exceptions import NotToSay
from references.models import DemandRules, GrowthGoal, UnmetNeed
from tests.factories import (
    activity,
    make_account,
    make_advocate,
    make_industry,
    make_opportunity,
    make_product,
    make_reference,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def health():
    return make_industry("Healthcare")


def cell_of(team, *labels, by=("industry", "region")):
    cells = coverage(chosen(list(by)), team, timezone.now())
    return next(cell for cell in cells if cell.labels == labels)


# The formula ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opportunities", "rules", "needed"),
    [
        (0, Rules(), 0),
        (1, Rules(), 1),  # 0.15 advocates are one person
        (20, Rules(), 3),
        (100, Rules(share_needing=50, references_each=Decimal("1.5"), asks_a_year=Decimal(3)), 25),
        (100, Rules(share_needing=0), 0),
    ],
)
def test_needed_is_deals_times_share_times_references_by_what_one_can_bear(opportunities, rules, needed):
    assert target(opportunities, rules) == needed


def test_the_biggest_uncovered_pipeline_comes_first():
    covered = Cell(labels=("covered",), deals=10, pipeline=Decimal(900), free=9)
    small = Cell(labels=("small",), deals=10, pipeline=Decimal(100))
    half = Cell(labels=("half",), deals=14, pipeline=Decimal(400), resting=1)

    assert [cell.labels[0] for cell in biggest_first([covered, small, half], Rules())] == ["half", "small", "covered"]


# What stands in the cells -----------------------------------------------------------------------


def test_open_deals_stand_against_free_resting_and_stale_advocates(team, health):
    account = make_account(industry=health, country="DE")
    make_opportunity(industry=health, country="FR", amount=500)
    make_opportunity(industry=health, country="FR", amount=70, is_won=False)
    make_reference(account=account)
    for advocate in (
        make_reference(account=make_account(industry=health)),
        make_reference(account=make_account(industry=health)),
    ):
        advocate.max_asks_per_quarter = 0
        advocate.save()
    make_advocate(account=account, created_at=timezone.now() - timedelta(days=900))

    cell = cell_of(team, "Healthcare", "EMEA")
    assert (cell.deals, cell.pipeline) == (1, 500)
    assert (cell.free, cell.resting, cell.stale) == (1, 2, 1)
    assert (cell.needed, cell.missing) == (1, 0)


def test_where_a_deal_says_nothing_its_companys_facts_count(team, health):
    make_opportunity(account=make_account(industry=health, country="JP", segment="smb"))

    assert cell_of(team, "Healthcare", "APAC", "Small business", by=("industry", "region", "segment")).deals == 1


def test_a_deal_about_two_products_stands_under_both(team):
    deal = make_opportunity(amount=100)
    deal.products.set([make_product("Insight"), make_product("Relay")])

    assert [cell_of(team, name, by=["product"]).pipeline for name in ("Insight", "Relay")] == [100, 100]


def test_an_advocate_of_two_products_stands_under_both(team):
    account = make_account()
    account.products.set([make_product("Insight"), make_product("Relay")])
    make_reference(account=account)

    assert [cell_of(team, name, by=["product"]).free for name in ("Insight", "Relay")] == [1, 1]


def test_a_goal_that_leaves_the_region_open_is_covered_by_advocates_of_any(team, health):
    for country in ("JP", "US"):
        make_reference(account=make_account(industry=health, country=country))
    GrowthGoal.objects.create(name="Everywhere", industry=health, opportunities=40, until=timezone.localdate())

    cell = cell_of(team, "Healthcare", "any region")
    assert (cell.needed, cell.free, cell.missing) == (6, 2, 4)


def test_growth_goals_count_as_future_demand_until_their_day(team, health):
    today = timezone.localdate()
    for until in (today, today - timedelta(days=1)):
        GrowthGoal.objects.create(name="APAC", industry=health, region="apac", opportunities=40, pipeline=900, until=until)

    cell = cell_of(team, "Healthcare", "APAC")
    assert (cell.expected_deals, cell.expected_pipeline, cell.needed, cell.uncovered) == (40, 900, 6, 900)


def test_unmet_needs_count_while_they_are_open(team, health):
    for state in ("open", "open", "met"):
        UnmetNeed.objects.create(source="search", user=team, industry=health, region="emea", state=state)

    assert cell_of(team, "Healthcare", "EMEA").unmet == 2


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ([], ["industry", "region"]),
        (["product", "nonsense"], ["product"]),
        (["segment", "product", "region", "industry"], ["industry", "region", "product"]),
    ],
)
def test_at_most_three_dimensions_of_those_we_know(asked, names):
    assert [dimension.name for dimension in chosen(asked)] == names


# The forms that bring customers in ---------------------------------------------------------------


def test_the_biggest_gaps_stand_on_the_nomination_forms(client, health):
    for _number in range(20):
        make_opportunity(industry=health, country="JP")
    make_opportunity(industry=health)
    services.refresh_gaps(now=timezone.now())
    services.refresh_gaps(now=timezone.now())

    assert list(Gap.objects.values_list("label", "missing")) == [("Healthcare, APAC", 3)]


# What became of the deals -------------------------------------------------------------------------


def need_of(user, **deal):
    return UnmetNeed.objects.create(source="search", user=user, opportunity=make_opportunity(**deal))


def test_lost_for_want_of_a_reference_is_said_by_people_and_counted_once_a_deal(team):
    need = need_of(team, is_won=False, amount=300)
    again = UnmetNeed.objects.create(source="search", user=team, opportunity=need.opportunity)
    need_of(team, is_won=False, amount=50)
    need_of(team, is_won=True)
    for one in (need, again):
        services.say_why_lost(need=one, lost_for_want=True)

    found = lost_deals(team)
    assert (found.open, found.won, found.lost, found.for_want, found.for_want_amount) == (0, 1, 2, 1, 300)


def test_only_of_a_lost_deal_can_somebody_say_why(team):
    with pytest.raises(NotToSay):
        services.say_why_lost(need=need_of(team), lost_for_want=True)


def test_whoever_looked_says_so_but_nobody_else(client):
    sales = make_user("sales")
    need = need_of(sales, is_won=False)
    address = reverse("need-step", args=[need.pk, "lost-for-want"])
    client.force_login(make_user("sales"))
    assert client.post(address).status_code == 404

    client.force_login(sales)
    client.post(address)
    need.refresh_from_db()
    assert need.lost_for_want is True
    assert client.post(reverse("need-step", args=[need.pk, "met"])).status_code == 403


# Pages --------------------------------------------------------------------------------------------


def test_the_team_changes_the_inputs_and_the_numbers_follow(client, team, health):
    for _number in range(20):
        make_opportunity(industry=health)
    client.force_login(team)
    client.post(reverse("demand-rules"), {"share_needing": 100, "references_each": "2", "asks_a_year": "1"})

    assert cell_of(team, "Healthcare", by=["industry"]).needed == 40


@pytest.mark.parametrize(
    "wrong", [{"asks_a_year": "0"}, {"share_needing": "101"}, {"references_each": "-1"}, {"asks_a_year": "x"}]
)
def test_inputs_that_make_no_sense_are_refused_with_the_field(client, team, wrong):
    client.force_login(team)
    fields = {"share_needing": 30, "references_each": "2", "asks_a_year": "4", "by": "nonsense"} | wrong
    response = client.post(reverse("demand-rules"), fields)

    assert response.url == f"{reverse('coverage')}?by=industry&by=region"
    assert not DemandRules.objects.exists()


def test_the_table_leaves_as_a_csv(client, team):
    make_opportunity(industry=make_industry("=Danger"), amount=5)
    client.force_login(team)
    lines = b"".join(client.get(reverse("coverage-csv"), {"by": "industry"})).decode().splitlines()

    assert lines[0].startswith("industry,deals,pipeline,")
    assert lines[1].startswith("'=Danger,1,5")


def test_coverage_needs_the_same_queries_for_one_deal_and_for_three(client, team):
    client.force_login(team)

    def queries():
        client.get(reverse("coverage"))  # brings the counts of the search up to date
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("coverage"))
        return len(captured)

    make_opportunity(industry=make_industry("One"))
    one = queries()
    for name in ("Two", "Three"):
        make_reference(account=make_account(industry=make_industry(name)))
        make_opportunity(industry=make_industry(name))
    assert queries() == one


def test_needs_read_as_a_line_with_a_link_to_look_again(client, team, health):
    need = UnmetNeed.objects.create(
        source="search", user=team, text="night <b>shift</b>", industry=health, activity_type=activity(), query="q=night+shift"
    )
    client.force_login(team)
    page = client.get(reverse("needs")).content.decode()

    assert need.words == "“night <b>shift</b>”, Healthcare, Reference call"
    assert "night &lt;b&gt;shift" in page


def test_the_page_folds_what_is_covered_and_names_deals_without_a_company(client, team, health):
    for _number in range(20):
        make_opportunity(industry=health, country="JP")
    make_opportunity(industry=make_industry("Retail"), country="FR", account=None, amount=9)
    make_opportunity(industry=make_industry("Banking"), country="FR", amount=1)
    for industry in ("Retail", "Retail", "Banking"):
        make_reference(account=make_account(industry=make_industry(industry), country="FR"))
    client.force_login(team)

    page = client.get(reverse("coverage"))

    assert [cell.labels for cell in page.context["lacking"]] == [("Healthcare", "APAC")]
    assert ("Retail", "EMEA") in [cell.labels for cell in page.context["covered"]]
    assert [cell.labels[0] for cell, *_widths in page.context["drawn"]] == ["Retail", "Banking"]
    assert "22 open deals belong to no company we know" in page.content.decode()
    assert client.get(reverse("demand-rules")).url == reverse("coverage")

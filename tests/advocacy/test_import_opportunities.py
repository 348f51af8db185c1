from datetime import date
from decimal import Decimal

import pytest

from advocacy.importer.opportunities import OpportunityImport
from advocacy.models import Opportunity, Product
from tests.factories import NOW, make_account, make_opportunity, make_product, make_user
from tests.real_input import needs_real_input, real_file

pytestmark = pytest.mark.django_db
HEADER = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"


@pytest.fixture
def run(tmp_path):
    """A function that imports opportunities from rows below the usual header."""

    def import_rows(*rows, header=HEADER, **options):
        path = tmp_path / "opportunities.csv"
        path.write_text(header + "\n".join(rows) + "\n")
        return OpportunityImport(path=path, now=NOW, **options).run()

    return import_rows


def counts(report):
    assert report.adds_up
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_a_deal_is_added_with_what_its_row_says(run):
    account, seller = make_account(name="Cancity"), make_user("sales", name="Moses Frase")

    run("A1,Moses Frase,GTX Pro,cancity,Won,2016-10-20,2017-03-01,1054")

    deal = Opportunity.objects.get(external_id="A1")
    assert (deal.account, deal.owner, deal.owner_as_given) == (account, seller, "Moses Frase")
    assert (deal.stage, deal.is_won, deal.amount) == ("Won", True, Decimal(1054))
    assert (deal.opened_on, deal.close_date) == (date(2016, 10, 20), date(2017, 3, 1))
    assert [product.name for product in deal.products.all()] == ["GTX Pro"]


def test_the_same_file_again_changes_nothing(run):
    make_account(name="Cancity")
    rows = ["A1,Mo,GTX Pro,Cancity,Won,2016-10-20,2017-03-01,1054", "A2,Mo,MG,,Engaging,,,"]
    assert counts(run(*rows)) == (2, 0, 0, 0)
    before = list(Opportunity.objects.values())

    assert counts(run(*rows)) == (0, 0, 2, 0)
    assert list(Opportunity.objects.values()) == before


def test_a_deal_moves_on_with_the_next_export(run):
    run("A1,Mo,GTX Pro,,Engaging,2016-10-20,,")

    assert counts(run("A1,Mo,GTX Pro,,Won,2016-10-20,2017-03-01,10")) == (0, 1, 0, 0)
    assert Opportunity.objects.get().is_won is True


def test_a_deal_without_an_account_is_kept_and_counted(run):
    report = run("A1,Mo,GTX Pro,,Engaging,,,", "A2,Mo,GTX Pro,Nobody Ltd,Won,,,")

    assert list(Opportunity.objects.values_list("account", flat=True)) == [None, None]
    assert "1 opportunity has no account in the file: kept; link it by hand." in report.facts
    assert "kept without an account: no account is named “Nobody Ltd”." in report.notes


def test_an_account_linked_by_hand_stays_linked(run):
    deal = make_opportunity(external_id="A1", account=make_account())

    run("A1,Mo,GTX Pro,,Engaging,,,")

    deal.refresh_from_db()
    assert deal.account is not None


@pytest.mark.parametrize("spellings", [("GTXPro", "GTX Pro"), ("GTX Pro", "GTXPro")])
def test_a_product_spelled_two_ways_is_one(run, spellings):
    run(*(f"A{number},Mo,{name},,Won,,," for number, name in enumerate(spellings)))

    product = Product.objects.get()
    assert (product.name, product.synonyms) == ("GTX Pro", ["gtxpro"])
    assert product.opportunities.count() == 2


def test_a_product_we_know_keeps_its_name_and_learns_the_spelling(run):
    known = make_product("GTX-Pro")

    run("A1,Mo,GTXPro,,Won,,,", "A2,Mo,gtx pro,,Won,,,")

    known.refresh_from_db()
    assert (known.name, known.synonyms) == ("GTX-Pro", ["gtx pro", "gtxpro"])


def test_a_product_list_gives_the_names(run, tmp_path):
    products = tmp_path / "products.csv"
    products.write_text("product,series\nGTX Pro,GTX\n")

    report = run("A1,Mo,GTXPro,,Won,,,", products_path=products)

    assert Product.objects.get().name == "GTX Pro"
    assert "“GTXPro” is taken for GTX Pro." in report.facts


def test_a_won_deal_tells_the_account_what_it_has_and_since_when(run):
    account = make_account(name="Cancity", customer_since=None)

    run("A1,Mo,GTX,Cancity,Won,,2017-05-01,1", "A2,Mo,MG,Cancity,Won,,2017-03-01,1", "A3,Mo,GTK,Cancity,Lost,,2016-01-01,")

    account.refresh_from_db()
    assert account.customer_since == date(2017, 3, 1)
    assert {product.name for product in account.products.all()} == {"GTX", "MG"}


def test_a_product_taken_from_an_account_by_hand_does_not_come_back(run):
    account = make_account(name="Cancity")
    row = "A1,Mo,GTX,Cancity,Won,,2017-05-01,1"
    run(row)
    account.products.clear()

    run(row)

    assert not account.products.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",Mo,GTX,,Won,,,", "has no CRM id."),
        ("A2,Mo,GTX,,Won,,,much", "the amount “much” is not a number."),
        ("A2,Mo,GTX,,Won,,,-5", "the amount “-5” is below 0."),
        ("A2,Mo,GTX,,Won,,2017-13-01,5", "the close date “2017-13-01” is not a date we can read; write it as 2017-03-01."),
        ("A1,Mo,GTX,,Won,,,5", "has the same CRM id as line 2."),
        ("A2,Mo,GTX,,Won", "has 5 cells where the header has 8."),
        (f"A2,Mo,GTX,,{'x' * 51},,,", "stage: Ensure this value has at most 50 characters (it has 51)."),
    ],
)
def test_a_bad_row_is_reported_by_line_and_reason_and_the_good_ones_are_taken(run, row, sentence):
    report = run("A1,Mo,GTX,,Won,,,1", row)

    assert counts(report) == (1, 0, 0, 1)
    assert {sentence: [3]} == {said: lines.first for said, lines in report.rejections.items()}


def test_the_crm_id_of_the_account_finds_it(run):
    account = make_account(external_id="001")

    run("A1,001,Proposal,true,Renewal", header="id,account_id,stage_name,is_won,type\n")

    assert Opportunity.objects.get().account == account
    assert Opportunity.objects.get().type == "renewal"


def test_the_number_of_queries_does_not_grow_with_each_row(run, django_assert_max_num_queries):
    make_account(name="Cancity")
    with django_assert_max_num_queries(40):
        run(*(f"A{number},Mo,GTX,Cancity,Won,,2017-05-01,1" for number in range(400)))


@pytest.mark.slow
@needs_real_input
def test_all_8800_real_opportunities_come_in_once():
    for name in {"Isdom", "Cancity"}:
        make_account(name=name)
    options = {"path": real_file("crm/sales_pipeline.csv"), "products_path": real_file("crm/products.csv"), "now": NOW}

    first, second = OpportunityImport(**options).run(), OpportunityImport(**options).run()

    assert counts(first) == (8800, 0, 0, 0)
    assert counts(second) == (0, 0, 8800, 0)
    assert "1425 opportunities have no account in the file: kept; link them by hand." in first.facts
    assert Opportunity.objects.filter(products__name="GTX Pro").count() == 1480
    assert Product.objects.count() == 7
    assert list(Opportunity.objects.order_by("is_won").values_list("is_won", flat=True).distinct()) == [False, True, None]
    assert Opportunity.objects.open().count() == 2089

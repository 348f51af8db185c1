from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from advocacy.importer.accounts import AccountImport
from advocacy.models import Account, Industry
from tests.factories import NOW, make_account, make_industry, make_product, make_user
from tests.real_input import needs_real_input, real_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    """A function that imports accounts from text."""

    def import_text(text, **options):
        path = tmp_path / "accounts.csv"
        path.write_text(text)
        return AccountImport(path=path, now=NOW, **options).run()

    return import_text


def counts(report):
    assert report.adds_up
    return (report.created, report.updated, report.unchanged, report.rejected)


def test_an_account_is_added_with_what_its_row_says(run):
    csm = make_user("csm", email="ada@laurel.example", name="Ada Berg")
    retail = make_industry("Retail")

    run(
        "name,id,sector,location,employees,revenue,website,csm,type,customer_since,health\n"
        "Cancity,001,retail,Korea,2448,718.62,https://www.cancity.example/x,Ada Berg,Customer - Direct,2020-05-01,88\n"
    )

    account = Account.objects.get()
    assert (account.name, account.external_id, account.domain) == ("Cancity", "001", "cancity.example")
    assert (account.industry, account.country, account.region) == (retail, "KR", "apac")
    assert (account.segment, account.employees, account.annual_revenue) == ("enterprise", 2448, Decimal("718620000.00"))
    assert (account.csm, account.lifecycle, account.customer_since, account.health_score) == (
        csm,
        "customer",
        date(2020, 5, 1),
        88,
    )


def test_the_same_file_again_changes_nothing(run):
    text = "name,sector,country,employees\nCancity,retail,Norway,10\nIsdom,medical,Kenya,5000\n"
    assert counts(run(text)) == (2, 0, 0, 0)
    before = list(Account.objects.values())

    assert counts(run(text)) == (0, 0, 2, 0)
    assert list(Account.objects.values()) == before


def test_a_dry_run_says_the_same_and_writes_nothing(run):
    report = run("name,sector\nCancity,retail\n", dry_run=True)

    assert counts(report) == (1, 0, 0, 0)
    assert not Account.objects.exists()
    assert not Industry.objects.exists()


def test_an_empty_cell_never_erases_what_we_know(run):
    make_account(name="Cancity", country="NO", health_score=80)

    assert counts(run("name,country,health\nCANCITY  ,,\n")) == (0, 1, 0, 0)  # the name is spelled as the CRM spells it
    account = Account.objects.get()
    assert (account.name, account.country, account.health_score) == ("CANCITY", "NO", 80)


def test_a_known_crm_id_goes_before_the_name(run):
    account = make_account(name="Cancity", external_id="001")

    run("name,id\nCancity Group,001\nCancity,002\n")

    account.refresh_from_db()
    assert account.name == "Cancity Group"
    assert Account.objects.get(external_id="002").name == "Cancity"


def test_an_account_without_a_crm_id_takes_the_one_of_its_name(run):
    account = make_account(name="Cancity")

    assert counts(run("name,id\ncancity,001\n")) == (0, 1, 0, 0)
    account.refresh_from_db()
    assert account.external_id == "001"


def test_two_accounts_of_one_name_cannot_be_told_apart_without_an_id(run):
    make_account(name="Cancity")
    make_account(name="Cancity")

    report = run("name,employees\nCancity,5\n")

    assert counts(report) == (0, 0, 0, 1)
    assert "2 accounts are named “Cancity”; give its CRM id." in report.rejections


def test_a_parent_may_stand_below_its_subsidiary(run):
    run("name,subsidiary_of\nBluth Company,Acme\nAcme,\n")

    assert Account.objects.get(name="Bluth Company").parent.name == "Acme"


def test_a_parent_that_is_not_known_is_reported_and_the_account_kept(run):
    report = run("name,subsidiary_of\nBluth Company,Acme\n")

    assert counts(report) == (1, 0, 0, 0)
    assert "the parent “Acme” was not linked: no account is named “Acme”." in report.notes


def test_a_ring_of_parents_is_not_closed(run):
    report = run("name,subsidiary_of\nA,B\nB,A\nC,C\n")

    assert list(Account.objects.values_list("name", "parent__name")) == [("A", "B"), ("B", None), ("C", None)]
    assert len(report.notes) == 2


def test_a_new_parent_counts_as_an_update(run):
    run("name,subsidiary_of\nBluth Company,\nAcme,\n")

    assert counts(run("name,subsidiary_of\nBluth Company,Acme\nAcme,\n")) == (0, 1, 1, 0)


def test_products_are_added_to_those_an_account_has(run):
    account = make_account(name="Acme")
    account.products.add(make_product("Insight"))

    report = run("name,products\nAcme,insight; Relay\nBerg,RELAY\n")

    assert counts(report) == (1, 1, 0, 0)
    assert set(account.products.values_list("name", flat=True)) == {"Insight", "Relay"}
    assert Account.objects.get(name="Berg").products.get().name == "Relay"
    assert "New products: Relay." in report.facts
    assert counts(run("name,products\nAcme,insight; Relay\nBerg,\n")) == (0, 0, 2, 0)


def test_misspelt_words_are_kept_as_given_and_reported(run):
    report = run("name,sector,country\nAcme,technolgy,Philipines\n", create_terms=True)

    account = Account.objects.get()
    assert (account.industry, account.industry_as_given) == (None, "technolgy")
    assert (account.country, account.country_as_given) == ("", "Philipines")
    assert list(report.notes) == [
        "“technolgy” is not a known industry: kept as given. Did you mean Technology?",
        "“Philipines” is not a known country: kept as given. Did you mean Philippines?",
    ]


def test_an_empty_taxonomy_starts_from_usual_names_and_a_kept_one_is_left_alone(run):
    run("name,sector\nAcme,medical\n")
    assert Account.objects.get().industry.name == "Healthcare"

    report = run("name,sector\nBerg,banking\n")
    assert Account.objects.get(name="Berg").industry is None
    assert "“banking” is not a known industry: kept as given." in report.notes


def test_unknown_industries_are_added_when_asked_for(run):
    make_industry("Retail", synonyms=["shops"])

    run("name,sector\nAcme,Shops\nBerg,Falconry\n", create_terms=True)

    assert set(Account.objects.values_list("name", "industry__name")) == {("Acme", "Retail"), ("Berg", "Falconry")}


def test_an_unknown_csm_is_reported_and_the_team_looks_after_the_account(run):
    make_user("csm", name="Ada Berg")
    make_user("csm", name="Ada Berg")

    report = run("name,csm\nAcme,Ada Berg\n")

    assert Account.objects.get().csm is None
    assert "nobody here has the e-mail address or name “Ada Berg”." in report.notes


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",retail,1,,", "has no account name."),
        ("Acme,retail,many,,", "the employees “many” is not a number."),
        ("Acme,retail,1.5,,", "the employees “1.5” is not a whole number."),
        ("Acme,retail,-1,,", "employees: Ensure this value is greater than or equal to 0."),
        ("Acme,retail,1,150,", "health (0-100): Ensure this value is less than or equal to 100."),
        ("Acme,retail,1,,01/02/2020", "the customer since “01/02/2020” is not a date we can read; write it as 2017-03-01."),
        ("x" * 201 + ",retail,1,,", "name: Ensure this value has at most 200 characters (it has 201)."),
        ("Berg,retail,1,,", "is the same account as line 2."),
    ],
)
def test_a_bad_row_is_reported_by_line_and_reason_and_the_good_ones_are_taken(run, row, sentence):
    report = run(f"name,sector,employees,health,customer_since\nBerg,retail,1,50,\n{row}\n")

    assert counts(report) == (1, 0, 0, 1)
    assert {sentence: [3]} == {said: lines.first for said, lines in report.rejections.items()}


def test_a_row_marked_as_deleted_is_not_taken(run):
    assert counts(run("name,is_deleted\nAcme,true\nBerg,false\n")) == (1, 0, 0, 1)


def test_formulas_markup_and_long_texts_are_kept_as_text(run):
    run('name,country\n"=HYPERLINK(""http://x"")",+1\n<b>Berg</b>,@x\n')

    assert list(Account.objects.values_list("name", flat=True)) == ["<b>Berg</b>", '=HYPERLINK("http://x")']


def test_the_command_prints_a_report_that_adds_up(tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_bytes("name;sector;phone\nBlå;retail;1\n;retail;2\n".encode("cp1252"))
    out = StringIO()

    call_command("import_accounts", file, stdout=out)

    assert out.getvalue().splitlines() == [
        "2 rows read: 1 created, 0 updated, 0 unchanged, 1 rejected.",
        "Columns used: name, industry = sector.",
        "Columns not used: phone.",
        "The file is not UTF-8 and was read as Windows-1252; look at accented letters.",
        "New industries: Retail.",
        "Rejected, line 3: has no account name.",
    ]


def test_the_command_refuses_an_unusable_file_with_the_way_out(tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("label,phone\nBerg,1\n")

    with pytest.raises(
        CommandError, match="No column holds the account name. The columns are: label, phone. .*--map name=COLUMN"
    ):
        call_command("import_accounts", file)

    call_command("import_accounts", file, "--map", "name=label", stdout=StringIO())
    assert Account.objects.get().name == "Berg"


@needs_real_input
def test_all_85_real_accounts_come_in_once(settings):
    file = real_file("crm/accounts.csv")

    assert counts(AccountImport(path=file, now=NOW).run()) == (85, 0, 0, 0)
    assert counts(AccountImport(path=file, now=NOW).run()) == (0, 0, 85, 0)
    assert Account.objects.get(name="Hottechi").country == "KR"
    assert Account.objects.get(name="Bioholding").country_as_given == "Philipines"
    assert Account.objects.filter(industry=None, industry_as_given="technolgy").count() == 12
    assert Account.objects.filter(parent__isnull=False).count() == 15
    assert Account.objects.get(name="Kan-code").annual_revenue == Decimal("11698030000.00")
    assert Account.objects.filter(region="").get().name == "Bioholding"

from datetime import date
from decimal import Decimal

import pytest

from advocacy.importer import values
from advocacy.importer.accounts import FIELDS as ACCOUNT_FIELDS
from advocacy.importer.accounts import is_below, segment_of
from advocacy.importer.advocates import FIELDS as ADVOCATE_FIELDS
from advocacy.importer.columns import match_columns, parse_map
from advocacy.importer.exceptions import ColumnMissing, FileUnusable, RowRefused
from advocacy.importer.opportunities import FIELDS as OPPORTUNITY_FIELDS
from advocacy.importer.opportunities import type_of, won
from advocacy.importer.titles import level_of
from advocacy.models.accounts import Segment
from tests.real_input import needs_real_input, real_file


def used(header, fields=ACCOUNT_FIELDS, mapping=None):
    return match_columns(header.split(","), fields, mapping).used


def test_columns_are_recognised_in_any_case_and_spelling():
    assert used("Account Name,BillingCountry,number-of-employees") == {
        "name": "Account Name",
        "country": "BillingCountry",
        "employees": "number-of-employees",
    }


def test_the_likeliest_name_wins_whatever_its_place():
    assert used("account_number,id,name")["external_id"] == "id"


def test_a_map_goes_before_the_usual_names_and_a_dash_takes_a_column_out():
    assert used("name,label,country", mapping={"name": "label", "country": "-"}) == {"name": "label"}


def test_columns_nothing_is_taken_from_are_named():
    assert match_columns(["name", "rating", ""], ACCOUNT_FIELDS).ignored == ["rating"]


@pytest.mark.parametrize(
    ("header", "mapping", "sentence"),
    [
        ("rating,phone", {}, "No column holds the account name. The columns are: rating, phone."),
        ("name,Name", {}, "The column “name” stands 2 times; rename all but one."),
        ("name", {"nmae": "name"}, "“nmae” is not a field of this import."),
        ("name", {"country": "land"}, "The file has no column “land”. Its columns are: name"),
    ],
)
def test_columns_that_do_not_fit_get_a_sentence(header, mapping, sentence):
    with pytest.raises(FileUnusable) as refused:
        used(header, mapping=mapping)
    assert str(refused.value).startswith(sentence)


def test_a_missing_column_says_which_field_it_is_of():
    with pytest.raises(ColumnMissing) as refused:
        used("rating")
    assert refused.value.field == "name"


def test_a_column_that_stands_twice_and_is_not_used_does_no_harm():
    assert used("name,rating,rating") == {"name": "name"}


def test_a_map_without_an_equals_sign_is_refused():
    assert parse_map(["name=Company", "country = Land"]) == {"name": "Company", "country": "Land"}
    with pytest.raises(FileUnusable, match="ours=theirs"):
        parse_map(["name"])


@needs_real_input
@pytest.mark.parametrize(
    ("file", "fields", "wanted"),
    [
        ("salesforce_account_columns.csv", ACCOUNT_FIELDS, {"name", "external_id", "country", "employees", "industry", "domain"}),
        ("salesforce_opportunity_columns.csv", OPPORTUNITY_FIELDS, {"external_id", "account_id", "stage", "is_won", "amount"}),
        ("salesforce_contact_columns.csv", ADVOCATE_FIELDS, {"first_name", "last_name", "email", "account_id", "title"}),
    ],
)
def test_the_columns_of_salesforce_exports_are_recognised(file, fields, wanted):
    header = real_file(f"crm/{file}").read_text().strip()

    assert wanted <= set(used(header, fields))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,100.04", "1100.04"),
        ("1.100,04", "1100.04"),
        ("$1 200", "1200"),
        ("12,5", "12.5"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert values.read_number(text, "amount") == Decimal(number)


@pytest.mark.parametrize("text", ["NaN", "inf", "1e9", "twelve", "1..2", "=1+1", "--1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(RowRefused, match="is not a number"):
        values.read_number(text, "amount")


@pytest.mark.parametrize("text", ["-1", "1" + "0" * 15])
def test_money_is_neither_negative_nor_endless(text):
    with pytest.raises(RowRefused, match="is below 0|is too large"):
        values.read_money(text, "amount")


@pytest.mark.parametrize("text", ["2017-03-01", "2017-03-01T09:30:00Z", "2017-03-01 00:00:00", "01.03.2017", "20170301"])
def test_dates_are_read_from_shapes_that_mean_one_day(text):
    assert values.read_date(text, "date") == date(2017, 3, 1)


@pytest.mark.parametrize("text", ["03/01/2017", "soon", "0017-03-01", "2017-02-30", "9999-01-01"])
def test_a_date_that_could_be_two_days_or_none_is_refused(text):
    with pytest.raises(RowRefused, match="write it as 2017-03-01"):
        values.read_date(text, "date")


def test_names_lose_unseen_characters_and_keep_the_rest():
    assert values.read_line("  Ada\u202e \x07<b>Berg</b>\n") == "Ada <b>Berg</b>"


@pytest.mark.parametrize(
    ("text", "domain"),
    [("https://www.acme.com/de?x=1", "acme.com"), ("acme.co.uk", "acme.co.uk"), ("info@acme.com", "acme.com"), ("n/a", "")],
)
def test_a_domain_is_read_from_an_address(text, domain):
    assert values.read_domain(text) == domain


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("CEO", "c_level"),
        ("Chief Data Officer", "c_level"),
        ("C.T.O.", "c_level"),
        ("Founder / Developer", "c_level"),
        ("VP of Operations", "vp"),
        ("Assistant Vice President, DevOps", "vp"),
        ("Head of IT", "director"),
        ("Engineering Manager - Cloud & DevOps", "manager"),
        ("Technical Lead", "manager"),
        ("Product Owner", "practitioner"),
        ("Assistant to the CEO", "practitioner"),
        ("Headhunter", "practitioner"),
        ("", ""),
    ],
)
def test_a_level_is_read_from_a_title(title, level):
    assert level_of(title) == level


def test_a_segment_follows_the_employees():
    assert [segment_of(number) for number in (0, 199, 200, 1999, 2000)] == [
        Segment.SMB,
        Segment.SMB,
        Segment.MID_MARKET,
        Segment.MID_MARKET,
        Segment.ENTERPRISE,
    ]


def test_a_ring_of_parents_is_seen():
    assert is_below(1, 3, {1: 2, 2: 3})
    assert is_below(1, 1, {})
    assert not is_below(1, 9, {1: 2, 2: 1})


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"stage": "Won"}, True),
        ({"stage": "Closed Lost"}, False),
        ({"stage": "Engaging"}, None),
        ({"stage": "Negotiation", "is_won": "false", "is_closed": "false"}, None),
        ({"stage": "Negotiation", "is_won": "false"}, None),
        ({"is_won": "false", "is_closed": "true"}, False),
        ({"is_won": "false"}, False),
        ({"is_won": "true", "stage": "Anything"}, True),
    ],
)
def test_an_open_deal_is_neither_won_nor_lost(cells, outcome):
    assert won(cells) is outcome


def test_the_type_of_a_deal_is_read_from_a_crm_word():
    assert [type_of(word) for word in ("New Customer", "Existing Customer - Upgrade", "Renewal", "Other")] == [
        "new",
        "expansion",
        "renewal",
        "",
    ]

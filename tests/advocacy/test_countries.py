import pytest

from advocacy.countries import country_choices, recognise_country, region_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"),
        ("germany", "DE"),
        ("DE", "DE"),
        ("UK", "GB"),
        ("United States", "US"),
        ("Texas, USA", "US"),
        ("Prague, CZ", "CZ"),
        ("The Netherlands", "NL"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_as_people_write_them(text, code):
    assert recognise_country(text) == code


@pytest.mark.parametrize(
    ("country", "region"), [("BR", "americas"), ("FR", "emea"), ("ZA", "emea"), ("JP", "apac"), ("AQ", ""), ("", "")]
)
def test_a_region_follows_the_country(country, region):
    assert region_of(country) == region


def test_every_country_has_a_region_but_for_the_empty_lands():
    assert {code for code, _name in country_choices() if not region_of(code)} == {"AQ", "BV", "GS", "HM", "TF"}

"""Countries by ISO 3166-1 code, their usual names, and the sales region each belongs to."""

from django_countries import countries

AMERICAS = set(
    "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX "
    "NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI".split()
)
APAC = set(
    "AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN IO JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG "
    "PH PK PN PW SB SG TH TK TL TO TV TW UM VN VU WF WS".split()
)
NO_REGION = {"AQ", "BV", "GS", "HM", "TF"}

# Names people write that ISO 3166-1 does not have.
USUAL_NAMES = {
    "england": "GB",
    "great britain": "GB",
    "korea": "KR",
    "russia": "RU",
    "south korea": "KR",
    "the netherlands": "NL",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "united kingdom": "GB",
    "united states": "US",
    "us": "US",
    "usa": "US",
    "vietnam": "VN",
}


def country_choices():
    return list(countries)


def region_of(country):
    """The sales region of an ISO country code, or "" where the code is empty or belongs to none."""
    if not country or country in NO_REGION:
        return ""
    if country in AMERICAS:
        return "americas"
    return "apac" if country in APAC else "emea"


def recognise_country(text):
    """The ISO code of a country as people write it ("Prague, CZ", "Texas, USA"), or "" when not recognised."""
    for part in [text, *reversed(text.split(","))]:
        word = part.strip().strip(".").lower()
        code = USUAL_NAMES.get(word) or countries.by_name(word) or (countries.alpha2(word.upper()) if len(word) in (2, 3) else "")
        if code:
            return code
    return ""

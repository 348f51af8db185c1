"""The words people use for countries, regions, sizes, levels, languages and activities.

A word that means something else in most sentences is not here: "it" is no country, "IT" is more often a
department than Italy, "press" more often a machine than an interview. Such a word stays text, and the
facet stays one click away. "german" and its like say where somebody is; "german speaking", "speaks
german" and "in german" say what they speak.
"""

from django_countries import countries

from advocacy.countries import USUAL_NAMES
from advocacy.models import Advocate
from advocacy.models.accounts import Segment
from advocacy.models.users import Region

# Given names, and a garment: a country only with "in" or "from" before it.
ALSO_NAMES = {"chad", "georgia", "jersey", "jordan"}
# Codes nobody writes for anything else, in capital letters.
CODES = "AU BR CH CN CZ DE DK ES FI FR GB JP KR MX NL NZ PL PT SG US ZA".split()

MORE_COUNTRY_NAMES = """
    america US; u s US; u s a US; states US; the united states US; britain GB; england GB; scotland GB; wales GB; holland NL;
    czech republic CZ; czechia CZ; ivory coast CI; cape verde CV; south korea KR; emirates AE; united arab emirates AE;
    hong kong HK; taiwan TW; iran IR; syria SY; tanzania TZ; bolivia BO; venezuela VE; moldova MD; laos LA; burma MM;
    macedonia MK; deutschland DE; schweiz CH; osterreich AT; espana ES; italia IT; brasil BR; danmark DK; sverige SE;
    norge NO; suomi FI; polska PL; nederland NL; philipines PH"""

DEMONYMS = """
    american US; argentinian AR; argentine AR; australian AU; austrian AT; belgian BE; brazilian BR; british GB; bulgarian BG;
    canadian CA; chilean CL; chinese CN; colombian CO; croatian HR; czech CZ; danish DK; dutch NL; egyptian EG; estonian EE;
    finnish FI; french FR; german DE; greek GR; hungarian HU; icelandic IS; indian IN; indonesian ID; irish IE; israeli IL;
    italian IT; japanese JP; kenyan KE; korean KR; latvian LV; lithuanian LT; malaysian MY; mexican MX; nigerian NG;
    norwegian NO; peruvian PE; philippine PH; filipino PH; polish PL; portuguese PT; romanian RO; russian RU; saudi SA;
    scottish GB; serbian RS; singaporean SG; slovak SK; slovenian SI; south african ZA; spanish ES; swedish SE; swiss CH;
    taiwanese TW; thai TH; turkish TR; ukrainian UA; vietnamese VN"""

COUNTRY_GROUPS = {
    "DACH": ("dach", "DE AT CH"),
    "Nordics": ("nordics; nordic; scandinavia; scandinavian; nordic countries", "DK FI IS NO SE"),
    "Benelux": ("benelux", "BE LU NL"),
    "Iberia": ("iberia; iberian", "ES PT"),
    "UK and Ireland": ("uki; uk and ireland; uk & ireland", "GB IE"),
    "Baltics": ("baltics; baltic", "EE LT LV"),
    "Australia and New Zealand": ("anz; australia and new zealand", "AU NZ"),
    "North America": ("north america; north american; namer", "CA MX US"),
    "Latin America": (
        "latam; latin america; south america; latin american; south american",
        "AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE",
    ),
    "Europe": (
        "europe; european; eu; european union",
        "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS "
        "SE SI SK SM UA VA XK",
    ),
    "Middle East": ("middle east; gulf; gcc", "AE BH IL IQ JO KW LB OM QA SA"),
    "Africa": ("africa; african", "AO BW CI CM DZ EG ET GH KE LY MA MG ML MU MW MZ NA NE NG RW SD SN TN TZ UG ZA ZM ZW"),
}

REGIONS = {
    Region.EMEA: "emea",
    Region.AMERICAS: "americas; the americas; amer",
    Region.APAC: "apac; apj; asia pacific; asia; asian; far east",
}

SEGMENTS = {
    Segment.SMB: "smb; sme; small business; small company; small and medium business; small and medium enterprise",
    Segment.MID_MARKET: "mid market; midmarket; mid size; mid sized; midsize; midsized; medium sized; medium business; mittelstand",
    Segment.ENTERPRISE: "enterprise; large enterprise; large company; large business; large corporation",
}

LEVELS = {
    Advocate.Level.C_LEVEL: "c level; c suite; cxo; ceo; cfo; cio; coo; cto; cdo; cmo; cpo; cro; cso; ciso; chro; chief; founder; "
    "co founder; managing director; president; board member",
    Advocate.Level.VP: "vp; svp; evp; avp; vice president; senior vice president; executive vice president; vp of",
    Advocate.Level.DIRECTOR: "director; senior director; head of; department head; director of",
    Advocate.Level.MANAGER: "manager; team lead; team leader; supervisor; people manager",
    Advocate.Level.PRACTITIONER: "practitioner; individual contributor; end user",
}

# Language: what else it is called. The first eight are not the word for a country's people.
LANGUAGES = {
    "English": "",
    "Arabic": "",
    "Mandarin": "mandarin chinese",
    "Cantonese": "",
    "Hindi": "",
    "Hebrew": "",
    "Catalan": "",
    "Flemish": "vlaams",
    "Chinese": "",
    "Czech": "cestina",
    "Danish": "dansk",
    "Dutch": "nederlands",
    "Finnish": "",
    "French": "francais",
    "German": "deutsch",
    "Greek": "",
    "Hungarian": "magyar",
    "Italian": "italiano",
    "Japanese": "",
    "Korean": "",
    "Norwegian": "norsk",
    "Polish": "polski",
    "Portuguese": "portugues",
    "Romanian": "",
    "Russian": "",
    "Spanish": "espanol; castellano",
    "Swedish": "svenska",
    "Thai": "",
    "Turkish": "turkce",
    "Ukrainian": "",
    "Vietnamese": "",
}
ONLY_LANGUAGES = list(LANGUAGES)[:8]
SPOKEN = [
    "speaks {}",
    "speaking {}",
    "speak {}",
    "{} speaking",
    "{} speaker",
    "{} language",
    "in {}",
    "fluent in {}",
    "fluent {}",
]

# Activity: further words. A name of one word that is also an everyday word needs one of these.
ACTIVITIES = {
    "reference-call": "reference call; phone reference; peer call",
    "review": "customer review; product review; online review; write a review",
    "testimonial-quote": "testimonial; testimonials; customer quote",
    "case-study": "case study; success story; written case study",
    "speaking": "speaker; keynote; public speaking; speak at; conference talk; conference speaker; keynote speaker; on stage",
    "content-co-creation": "co creation; guest article; guest post; webinar",
    "video": "video testimonial; video interview; on camera",
    "press": "press interview; press quote; press release; media interview; journalist",
    "site-visit": "site visit; reference visit; on site visit",
    "advisory-board": "advisory board; customer advisory board; cab",
    "referral": "refer others",
    "award": "award nomination",
}
EVERYDAY = {"award", "press", "referral", "review", "video"}

TIERS = ["bronze", "silver", "gold", "platinum"]


def phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split(";") if phrase.strip()]


def country_names():
    """(name, code); the names of the standard are read without what stands in brackets or after a comma."""
    for code, name in countries:
        short = str(name).split("(")[0].split(",")[0].strip()
        if short.lower() not in ALSO_NAMES:
            yield short, code
        yield f"in {short}", code
        yield f"from {short}", code
    for name, code in USUAL_NAMES.items():
        if name != "us":
            yield name, code
    for phrase in phrases(MORE_COUNTRY_NAMES) + phrases(DEMONYMS):
        name, code = phrase.rsplit(" ", 1)
        yield name, code

"""Tells a story without telling whose it is: names, addresses and telephone numbers leave the text. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

LEGAL_FORMS = set(
    "ag bv co corp corporation gmbh group holding holdings inc kg limited llc ltd nv oy plc pty sa se spa srl".split()
)
# Words of company names that say nothing about the company when they stand alone.
USUAL_WORDS = set(
    "airlines america american and bank banking capital care city clinic clinics college communications company consulting data digital "
    "design energy europe european financial first foods freight for general global government great health healthcare hospital hotels "
    "industries insurance international logistics management manufacturing media medical mobile motors national network north "
    "northern office online partners parts power precision press public publishing retail school schools security services shipping software solutions south southern "
    "state states systems technologies technology telecom the trading transport trust union united university water west western works world".split()
)
PARTICLES = set("al bin da de del der di dos du la le van von".split())
# Each piece between two @ is read once from front to back: a text of nothing but @ costs no more than another.
ADDRESS = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+\.\w+|https?://\S+|www\.\S+")
TELEPHONE = re.compile(r"(?:\+|\b00)\d[\d ()/.-]{6,}\d")
# Soft hyphens and spaces of no width: nobody sees them, and they part a name in two. Joiners stay: letters need them.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def blind(text: str, *, person: str = "", company: str = "", domain: str = "") -> str:
    """`text` with `person`, `company` and `domain` replaced by words that give nobody away.

    A name that may be shown is left out by the caller. Addresses and telephone numbers always go.
    """
    text = TELEPHONE.sub("…", ADDRESS.sub("…", as_seen(text)))
    text = _replace(text, _company_names(company, domain), _("the company"))
    return _replace(text, _person_names(person), _("the customer"))


def as_seen(text: str) -> str:
    """The same text to the eye: letters and accents in one character, nothing unseen between them."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _company_names(company, domain):
    words = company.split()
    core = [word for word in words if _plain(word) not in LEGAL_FORMS]
    single = [word for word in core if len(_plain(word)) > 3 and _plain(word) not in USUAL_WORDS]
    return [company, " ".join(core), domain, *single]


def _person_names(person):
    return [person, *(part for part in person.split() if len(part) > 2 and _plain(part) not in PARTICLES)]


def _replace(text: str, names: Iterable[str], by: str) -> str:
    names = sorted(
        {_fold(unicodedata.normalize("NFC", name).strip(" ,.")) for name in names if len(name.strip(" ,.")) > 1},
        key=len,
        reverse=True,
    )
    if not names:
        return text
    # The words of a name may stand on two lines; the underscores of _emphasis_ are no part of it.
    spellings = (r"[\s_-]+".join(map(re.escape, name.split())) for name in names)
    name = rf"(?<![^\W_])(?:{'|'.join(spellings)})(?![^\W_])"
    # Names in a row are one person or company.
    pattern = re.compile(rf"{name}(?:\s+{name})*", re.IGNORECASE)
    for match in reversed(list(pattern.finditer(_fold(text)))):
        text = text[: match.start()] + by + text[match.end() :]
    return text


def _plain(word):
    return _fold(word).lower().strip(".,")


def _fold(text: str) -> str:
    """Each character without its accent, so that positions stay what they are; give it composed characters."""
    return "".join(unicodedata.normalize("NFD", character)[0] for character in text)

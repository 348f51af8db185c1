"""A story without the people and companies it tells of, for guests of a program that hides names. Pure."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.blind import ADDRESS, LEGAL_FORMS, PARTICLES, USUAL_WORDS, blind

SHORTEST_ACRONYM = 3
SHORTEST_LABEL = 4
# Names that are words too, when a sentence begins with them.
TWO_LETTERS = set("Am An As At Be By Do Go He If In Is It Me My No Of On Or So To Up Us We".split())
# Labels that are words of these texts.
NO_NAMES = USUAL_WORDS | {"customer", "company", "example", "mail"}


@dataclass(frozen=True)
class Identity:
    """Everything known that would give a nomination away."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def mask(text: str, identity: Identity) -> str:
    """`text` with every known name replaced by “the customer” or “the company”; addresses and numbers go too."""
    if not text:
        return ""
    # Whole domains before the names that are part of them, and those before what is left of a domain.
    for domain in identity.domains:
        text = blind(text, domain=domain)
    for company in identity.companies:
        for spelling in _spellings(company):
            text = _without_capitals(blind(text, company=spelling), spelling)
    for domain in identity.domains:
        text = blind(text, company=_label(domain))
    for person in identity.people:
        text = _without_short_names(blind(text, person=person), person)
    return text


def mask_all(value, identity: Identity):
    """The same for lists and dictionaries of texts, such as the measured results."""
    if isinstance(value, dict):
        return {key: mask_all(one, identity) for key, one in value.items()}
    if isinstance(value, list):
        return [mask_all(one, identity) for one in value]
    return mask(value, identity) if isinstance(value, str) else value


def _label(domain):
    """`northwind` of `mail.northwind.example`: people write it for the company."""
    labels = [part for part in domain.lower().split(".")[:-1] if len(part) >= SHORTEST_LABEL and part not in NO_NAMES]
    return labels[-1] if labels else ""


def _spellings(company):
    """What people typed into a field for a name may carry markup, addresses, a short form in brackets and a genitive."""
    parts = [
        part.strip(" ,;:") for part in re.split(r"\n|\*\*", ADDRESS.sub(" ", company.replace("<", " ").replace("(http", " http")))
    ]
    name = re.sub(r"['’]s\b|[\[\]*]", "", next((part for part in parts if part), ""))
    short = re.findall(r"\(([^)]+)\)", name)
    return [one for one in (" ".join(re.sub(r"\([^)]*\)", " ", name).split()), *short) if one]


def _without_capitals(text, company):
    """The short forms: IHL for International Harbour Lines, and words that stand in capitals in the name itself."""
    words = [word for word in re.findall(r"\w+", company) if word.lower() not in LEGAL_FORMS]
    acronym = "".join(word[0] for word in words).upper()
    short = {word for word in [acronym, *words] if len(word) >= SHORTEST_ACRONYM and word.isupper()}
    # As written only: ACT may be a company, act is a word.
    for word in short:
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _("the company"), text)
    return text


def _without_short_names(text, person):
    """Li and Ng, as written only: in small letters they are pieces of other languages."""
    for part in person.split():
        if len(part) == 2 and part.istitle() and part.isalpha() and part not in TWO_LETTERS and part.lower() not in PARTICLES:
            text = re.sub(rf"(?<![^\W_]){part}(?![^\W_])", _("the customer"), text)
    return text

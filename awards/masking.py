"""A story without the people and companies it tells of, for guests of a program that hides names. Pure."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.blind import LEGAL_FORMS, USUAL_WORDS, blind

SHORTEST_ACRONYM = 3
SHORTEST_LABEL = 4
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
        text = _without_acronym(blind(text, company=company), company)
    for domain in identity.domains:
        text = blind(text, company=_label(domain))
    for person in identity.people:
        text = blind(text, person=person)
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


def _without_acronym(text, company):
    words = [word for word in re.findall(r"\w+", company) if word.lower() not in LEGAL_FORMS]
    acronym = "".join(word[0] for word in words).upper()
    if len(acronym) < SHORTEST_ACRONYM:
        return text
    # Capitals only: ACT may be a company, act is a word.
    return re.sub(rf"(?<!\w){re.escape(acronym)}(?!\w)", _("the company"), text)

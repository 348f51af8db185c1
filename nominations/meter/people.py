"""People in a text: the nominee by name, roles and groups of people, and she or he."""

import re

ROLES = (
    "accountant administrator adviser advisor analyst apprentice assistant buyer caseworker caregiver cashier "
    "chief citizen clerk coach colleague consultant controller cook counsellor crew designer developer dispatcher "
    "doctor driver editor electrician employee engineer farmer father foreman founder guest intern inspector judge lawyer "
    "leader lecturer librarian manager mechanic mother neighbour newcomer nurse officer operator owner patient pharmacist "
    "physician pilot planner producer professor programmer researcher resident scientist secretary specialist "
    "student supervisor teacher technician teller tester trainee trainer underwriter veteran volunteer worker"
).split()
GROUPS = [
    "night shift",
    "day shift",
    "early shift",
    "late shift",
    "team",
    "teams",
    "staff",
    "crew",
    "people",
    "families",
    "parents",
]
NAMED_ROLE = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(GROUPS)})(?!\w)|(?:{'|'.join(ROLES)})s?(?!\w))",
    re.IGNORECASE,
)
SHE_OR_HE = re.compile(r"(?<!\w)(?:she|he|her|his|him)(?!\w)", re.IGNORECASE)
LEAST_LETTERS = 3  # of a part of a name


def in_text(text: str, names: list[str]) -> list[str]:
    """Names first, then roles; a pronoun counts where neither stands."""
    named = [found[0] for pattern in _patterns(names) for found in [pattern.search(text)] if found]
    found = named + [found[0] for found in NAMED_ROLE.finditer(text)]
    if found:
        return found
    pronoun = SHE_OR_HE.search(text)
    return [pronoun[0]] if pronoun else []


def _patterns(names):
    parts = [part for name in names for part in name.split()[:6] if len(part) >= LEAST_LETTERS]
    return [re.compile(rf"(?<!\w){re.escape(part)}(?!\w)") for part in parts]

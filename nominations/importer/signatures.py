"""Who signed a quote: "Jayant Sikarwar, Technical Lead, Wipro" is a name, a job title and an employer."""

import re
from typing import NamedTuple

from advocacy.importer.values import name_key, read_line
from nominations.importer.organizations import GENERIC_WORDS, SMALL_WORDS, same_company

# Words of a job, in which no employer's name is.
JOB_WORDS = set(
    """
    administration agile analyst application applications architect architecture ci delivery department developer developers
    devops engineer intern lead manager operations owner platform principal programmer qa quality release reliability senior
    site sre staff support team test tester testing
    """.split()
)


class Signature(NamedTuple):
    title: str = ""
    employer: str = ""


def parse_signature(text: str, *, name: str, organization: str = "") -> Signature:
    """Job title and employer from the line below a quote. A last part that only says more of the job stays with the title."""
    rest = read_line(text)
    if name_key(rest).startswith(name_key(name)):
        rest = rest[len(name) :]
    parts = [part for part in (part.strip(" .") for part in re.split(r"[,|]", rest)) if part]
    if not parts:
        return Signature()
    if names_employer(parts[-1], organization) and (len(parts) > 1 or same_company(parts[-1], organization)):
        return Signature(", ".join(parts[:-1]), parts[-1])
    return Signature(", ".join(parts))


def names_employer(text: str, organization: str = "") -> bool:
    if organization and same_company(text, organization):
        return True
    return any(word not in JOB_WORDS | GENERIC_WORDS | SMALL_WORDS for word in re.findall(r"\w+", text.casefold()))

"""The level of a person, from a job title as people write it."""

import re

from advocacy.models import Advocate

Level = Advocate.Level

# The first pattern that is found decides: a "Vice President" is no president, an "Assistant to the CEO" no CEO.
LEVEL_PATTERNS = [
    (r"\b(assistant|adviser|advisor|secretary) to\b", Level.PRACTITIONER),
    (r"\b(vice[ -]president|[se]?vp|avp)\b", Level.VP),
    (r"\b(c[efiotdmprs]o|ciso|chro|chief|founder|co-founder|owner|president|managing director|partner)\b", Level.C_LEVEL),
    (r"\b(director|head)\b", Level.DIRECTOR),
    (r"\b(manager|lead|leader|supervisor|team lead|scrum master)\b", Level.MANAGER),
]


def level_of(title: str) -> str:
    """C-level, VP, director, manager, else practitioner; "" for an empty title."""
    words = title.casefold().replace(".", "").replace("product owner", "")
    if not words.strip():
        return "" if not title.strip() else Level.PRACTITIONER
    return next((level for pattern, level in LEVEL_PATTERNS if re.search(pattern, words)), Level.PRACTITIONER)

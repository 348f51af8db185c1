"""One function a message. Callers import from here."""

from nominations.emails.nominations import (
    alert_raised,
    company_of,
    confirm_self_nomination,
    deadline_extended,
    nomination_handed_over,
    nomination_needs_account,
)
from nominations.emails.readings import reading_wanted
from nominations.emails.together import draft_handed_to_you, section_answered, section_wanted
from nominations.emails.triage import WANTED, clarification_answered, clarification_wanted

__all__ = [
    "WANTED",
    "alert_raised",
    "clarification_answered",
    "clarification_wanted",
    "company_of",
    "confirm_self_nomination",
    "deadline_extended",
    "draft_handed_to_you",
    "nomination_handed_over",
    "nomination_needs_account",
    "reading_wanted",
    "section_answered",
    "section_wanted",
]

"""One function a message. Callers import from here."""

from nominations.emails.nominations import (
    alert_raised,
    company_of,
    confirm_self_nomination,
    deadline_extended,
    nomination_handed_over,
    nomination_needs_account,
)
from nominations.emails.readings import READING_WANTED, reading_wanted
from nominations.emails.reminders import (
    CLARIFICATION_REMINDER,
    CUSTOMERS_TO_NOMINATE,
    DRAFT_WAITS,
    SECTION_REMINDER,
    call_open,
    call_ready,
    clarification_reminder,
    customers_to_nominate,
    draft_waits,
    section_reminder,
)
from nominations.emails.together import SECTION_WANTED, draft_handed_to_you, section_answered, section_wanted
from nominations.emails.triage import WANTED, clarification_answered, clarification_wanted

__all__ = [
    "CLARIFICATION_REMINDER",
    "CUSTOMERS_TO_NOMINATE",
    "DRAFT_WAITS",
    "READING_WANTED",
    "SECTION_REMINDER",
    "SECTION_WANTED",
    "WANTED",
    "alert_raised",
    "call_open",
    "call_ready",
    "clarification_answered",
    "clarification_reminder",
    "clarification_wanted",
    "company_of",
    "confirm_self_nomination",
    "customers_to_nominate",
    "deadline_extended",
    "draft_handed_to_you",
    "draft_waits",
    "nomination_handed_over",
    "nomination_needs_account",
    "reading_wanted",
    "section_answered",
    "section_reminder",
    "section_wanted",
]

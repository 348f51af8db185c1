from nominations.models.helping import Attachment, SectionRequest
from nominations.models.nominations import Entry, Nomination, NomineeReply
from nominations.models.planning import Prize, Question, TeamMember, TouchPoint
from nominations.models.programs import Category, Program, default_consent_text
from nominations.models.self_nominations import SelfNomination
from nominations.models.triage import Alert, Clarification, DuplicateReview

__all__ = [
    "Alert",
    "Attachment",
    "Category",
    "Clarification",
    "DuplicateReview",
    "Entry",
    "Nomination",
    "NomineeReply",
    "Prize",
    "Program",
    "Question",
    "SectionRequest",
    "SelfNomination",
    "TeamMember",
    "TouchPoint",
    "default_consent_text",
]

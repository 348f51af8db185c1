"""The mails around a conversation, one function each. None tells one side how to reach the other."""

from references.call_mails.after import DEBRIEF, WIN, deal_won, debrief_wanted, thanks
from references.call_mails.asking import (
    ASKED,
    customer_answered,
    customer_asked,
    preview_of_question,
    promised_in_writing,
    question,
    subject_of_question,
    times_kept,
)
from references.call_mails.choosing import PICK, agreed_in_writing, other_times_sought, prospect_picks, times_offered
from references.call_mails.meeting import Side, called_off, invited

__all__ = [
    "ASKED",
    "DEBRIEF",
    "PICK",
    "WIN",
    "Side",
    "agreed_in_writing",
    "called_off",
    "customer_answered",
    "customer_asked",
    "deal_won",
    "debrief_wanted",
    "invited",
    "other_times_sought",
    "preview_of_question",
    "promised_in_writing",
    "prospect_picks",
    "question",
    "subject_of_question",
    "thanks",
    "times_kept",
    "times_offered",
]

"""What changes reference requests. Callers import from here.

Every step changes the request, its candidate and the ask in the ledger in one transaction, with the
request's row locked first, so that the three always tell the same story.
"""

from references.services.answers import approve_candidate, decline_candidate, replace_candidate
from references.services.calls import complete_request, note_no_show, schedule_request
from references.services.clocks import remind_approvers, settle_lapsed
from references.services.needs import ask_team, record_need
from references.services.requests import cancel_request, open_request, propose_candidate
from references.services.saved import mail_new_matches
from references.services.upkeep import update_profile

__all__ = [
    "approve_candidate",
    "ask_team",
    "cancel_request",
    "complete_request",
    "decline_candidate",
    "mail_new_matches",
    "note_no_show",
    "open_request",
    "propose_candidate",
    "record_need",
    "remind_approvers",
    "replace_candidate",
    "schedule_request",
    "settle_lapsed",
    "update_profile",
]

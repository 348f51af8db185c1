"""What changes reference requests. Callers import from here.

Every step changes the request, its candidate and the ask in the ledger in one transaction, with the
request's row locked first, so that the three always tell the same story.
"""

from references.services.answers import approve_candidate, decline_candidate, decline_for_now, replace_candidate
from references.services.by_link import answer_by_link
from references.services.calls import complete_request, note_no_show, schedule_request
from references.services.clocks import (
    escalate_overdue,
    find_for_the_silent_team,
    follow_keepers,
    remind_approvers,
    run_clocks,
    settle_lapsed,
    stop_for_closed_deals,
)
from references.services.demand import refresh_gaps, say_why_lost, set_demand_rules, settle_need
from references.services.needs import ask_team, record_need
from references.services.proposing import let_go_on, order_line, propose_candidate, queue_candidates
from references.services.requests import cancel_request, open_request
from references.services.saved import mail_new_matches
from references.services.upkeep import update_profile

__all__ = [
    "answer_by_link",
    "approve_candidate",
    "ask_team",
    "cancel_request",
    "complete_request",
    "decline_candidate",
    "decline_for_now",
    "escalate_overdue",
    "find_for_the_silent_team",
    "follow_keepers",
    "let_go_on",
    "mail_new_matches",
    "note_no_show",
    "open_request",
    "order_line",
    "propose_candidate",
    "queue_candidates",
    "record_need",
    "refresh_gaps",
    "remind_approvers",
    "replace_candidate",
    "run_clocks",
    "say_why_lost",
    "schedule_request",
    "set_demand_rules",
    "settle_lapsed",
    "settle_need",
    "stop_for_closed_deals",
    "update_profile",
]

"""What changes reference requests. Callers import from here.

Every step changes the request, its candidate and the ask in the ledger in one transaction, with the
request's row locked first, so that the three always tell the same story.
"""

from references.services.answers import approve_candidate, decline_candidate, decline_for_now, replace_candidate
from references.services.asking import ask_by_laurel, ask_in_own_words, take_later, take_no
from references.services.by_link import answer_by_link
from references.services.calls import complete_request, note_no_show, schedule_request, set_place
from references.services.clocks import (
    follow_keepers,
    follow_those_who_left,
    settle_lapsed,
    stop_for_closed_deals,
)
from references.services.debriefs import answer_debrief, ask_after_call, say_it_failed
from references.services.demand import refresh_gaps, say_why_lost, set_demand_rules, settle_need
from references.services.needs import ask_team, record_need
from references.services.proposing import let_go_on, order_line, propose_candidate, queue_candidates
from references.services.requests import cancel_request, open_request
from references.services.slots import (
    offer_times,
    pick_link,
    pick_time,
    promise_in_writing,
    renew_passed_times,
    want_other_times,
)
from references.services.thanks import tell_of_win, thank_advocate
from references.services.upkeep import update_profile

__all__ = [
    "answer_by_link",
    "answer_debrief",
    "approve_candidate",
    "ask_after_call",
    "ask_by_laurel",
    "ask_in_own_words",
    "ask_team",
    "cancel_request",
    "complete_request",
    "decline_candidate",
    "decline_for_now",
    "follow_keepers",
    "follow_those_who_left",
    "let_go_on",
    "note_no_show",
    "offer_times",
    "open_request",
    "order_line",
    "pick_link",
    "pick_time",
    "promise_in_writing",
    "propose_candidate",
    "queue_candidates",
    "record_need",
    "refresh_gaps",
    "renew_passed_times",
    "replace_candidate",
    "say_it_failed",
    "say_why_lost",
    "schedule_request",
    "set_demand_rules",
    "set_place",
    "settle_lapsed",
    "settle_need",
    "stop_for_closed_deals",
    "take_later",
    "take_no",
    "tell_of_win",
    "thank_advocate",
    "update_profile",
    "want_other_times",
]

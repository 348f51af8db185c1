"""What changes advocates and the ask ledger. Callers import from here."""

from advocacy.services.consent import record_consent
from advocacy.services.gaps import set_gaps
from advocacy.services.ledger import move_ask, release_lapsed_asks, reserve_ask
from advocacy.services.people import (
    activate_advocate,
    add_story,
    change_employer,
    end_pauses,
    find_or_add_advocate,
    pause_advocate,
    remember_position,
    retire_advocate,
    set_willingness,
    verify_section,
)
from advocacy.services.situation import availabilities, availability_of
from advocacy.services.team_asks import (
    allow_ask,
    ask_for_team,
    finish_ask,
    note_answer,
    refuse_ask,
    tell_of_lapsed_asks,
    withdraw_ask,
)

__all__ = [
    "activate_advocate",
    "add_story",
    "allow_ask",
    "ask_for_team",
    "availabilities",
    "availability_of",
    "change_employer",
    "end_pauses",
    "find_or_add_advocate",
    "finish_ask",
    "move_ask",
    "note_answer",
    "pause_advocate",
    "record_consent",
    "refuse_ask",
    "release_lapsed_asks",
    "remember_position",
    "reserve_ask",
    "retire_advocate",
    "set_gaps",
    "set_willingness",
    "tell_of_lapsed_asks",
    "verify_section",
    "withdraw_ask",
]

"""What changes advocates and the ask ledger. Callers import from here."""

from advocacy.services.consent import record_consent
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

__all__ = [
    "activate_advocate",
    "add_story",
    "availabilities",
    "availability_of",
    "change_employer",
    "end_pauses",
    "find_or_add_advocate",
    "move_ask",
    "pause_advocate",
    "record_consent",
    "release_lapsed_asks",
    "remember_position",
    "reserve_ask",
    "retire_advocate",
    "set_willingness",
    "verify_section",
]

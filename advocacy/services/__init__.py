"""What changes advocates and the ask ledger. Callers import from here."""

from advocacy.services.consent import record_consent
from advocacy.services.gaps import set_gaps
from advocacy.services.interviews import begin_interview, keep_draft, miss_interview, plan_interview, save_interview
from advocacy.services.introductions import (
    confirm_introduction,
    read_introduction,
    remove_unconfirmed_introductions,
    send_introduction,
)
from advocacy.services.ledger import move_ask, release_lapsed_asks, reserve_ask
from advocacy.services.merging import merge_people
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
from advocacy.services.person_matches import find_matches, keep_apart, look_for_person, profile_kept
from advocacy.services.recruiting import (
    bring_back,
    link_recruit,
    make_active,
    not_now,
    put_forward,
    put_forward_person,
    take_up,
)
from advocacy.services.settling import note_recruited_by_award, suggest_from_award
from advocacy.services.situation import availabilities, availability_of
from advocacy.services.suggestions import keep_suggestions_current
from advocacy.services.team_asks import (
    allow_ask,
    ask_for_team,
    finish_ask,
    note_answer,
    refuse_ask,
    withdraw_ask,
)

__all__ = [
    "activate_advocate",
    "add_story",
    "allow_ask",
    "ask_for_team",
    "availabilities",
    "availability_of",
    "begin_interview",
    "bring_back",
    "change_employer",
    "confirm_introduction",
    "end_pauses",
    "find_matches",
    "find_or_add_advocate",
    "finish_ask",
    "keep_apart",
    "keep_draft",
    "keep_suggestions_current",
    "link_recruit",
    "look_for_person",
    "make_active",
    "merge_people",
    "miss_interview",
    "move_ask",
    "not_now",
    "note_answer",
    "note_recruited_by_award",
    "pause_advocate",
    "plan_interview",
    "profile_kept",
    "put_forward",
    "put_forward_person",
    "read_introduction",
    "record_consent",
    "refuse_ask",
    "release_lapsed_asks",
    "remember_position",
    "remove_unconfirmed_introductions",
    "reserve_ask",
    "retire_advocate",
    "save_interview",
    "send_introduction",
    "set_gaps",
    "set_willingness",
    "suggest_from_award",
    "take_up",
    "verify_section",
    "withdraw_ask",
]

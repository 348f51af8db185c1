from awards.services.advocates import make_advocate
from awards.services.announcement import announce
from awards.services.judging import (
    appoint_judge,
    assign_judges,
    close_judging,
    copy_rubric,
    lift_seal,
    open_judging,
    refuse_appointment,
    remove_component,
    rubric_is_fixed,
    save_component,
)
from awards.services.recusal import abstain, keep_conflict_out, recuse, reopen
from awards.services.reminders import remind_judges
from awards.services.scores import record_scores
from awards.services.winners import choose_winner, record_acceptance, record_decline, take_back_choice

__all__ = [
    "abstain",
    "announce",
    "appoint_judge",
    "assign_judges",
    "choose_winner",
    "close_judging",
    "copy_rubric",
    "keep_conflict_out",
    "lift_seal",
    "make_advocate",
    "open_judging",
    "record_acceptance",
    "record_decline",
    "record_scores",
    "recuse",
    "refuse_appointment",
    "remind_judges",
    "remove_component",
    "reopen",
    "rubric_is_fixed",
    "save_component",
    "take_back_choice",
]

from awards.services.advocates import make_advocate
from awards.services.announcement import announce
from awards.services.assigning import assign_by_hand, assign_judges, remove_judge, take_from_judge
from awards.services.freezing import freeze_result
from awards.services.guests import (
    invite_guest,
    inviter_of,
    open_invitation,
    send_invitation_again,
    take_invitation_back,
)
from awards.services.judging import (
    appoint_judge,
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
from awards.services.scores import keep_answers, record_scores
from awards.services.winners import choose_winner, record_acceptance, record_decline, take_back_choice

__all__ = [
    "abstain",
    "announce",
    "appoint_judge",
    "assign_by_hand",
    "assign_judges",
    "choose_winner",
    "close_judging",
    "copy_rubric",
    "freeze_result",
    "invite_guest",
    "inviter_of",
    "keep_answers",
    "keep_conflict_out",
    "lift_seal",
    "make_advocate",
    "open_invitation",
    "open_judging",
    "record_acceptance",
    "record_decline",
    "record_scores",
    "recuse",
    "refuse_appointment",
    "remind_judges",
    "remove_component",
    "remove_judge",
    "reopen",
    "rubric_is_fixed",
    "save_component",
    "send_invitation_again",
    "take_back_choice",
    "take_invitation_back",
    "take_from_judge",
]

from awards.services.advocates import make_advocate
from awards.services.announcement import announce, prepare
from awards.services.announcement_mails import send_announcement
from awards.services.answers import accept_by_link, decline_by_link
from awards.services.assigning import (
    assign_by_hand,
    assign_judges,
    refuse_to_lighten_own_desk,
    remove_judge,
    take_from_judge,
)
from awards.services.correction_mails import send_corrections
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
from awards.services.offers import lapse_offers, remind_of_offer, send_offer, set_terms
from awards.services.practice import note_practised
from awards.services.recusal import abstain, keep_conflict_out, recuse, reopen
from awards.services.reminders import nudge_judge
from awards.services.revoking import revoke_award, take_back_choice
from awards.services.scores import keep_answers, record_scores
from awards.services.ties import decide_tie
from awards.services.winners import choose_winner, record_acceptance, record_decline, shortlist

__all__ = [
    "abstain",
    "accept_by_link",
    "announce",
    "appoint_judge",
    "assign_by_hand",
    "assign_judges",
    "choose_winner",
    "close_judging",
    "copy_rubric",
    "decide_tie",
    "decline_by_link",
    "freeze_result",
    "invite_guest",
    "inviter_of",
    "keep_answers",
    "keep_conflict_out",
    "lapse_offers",
    "lift_seal",
    "make_advocate",
    "note_practised",
    "nudge_judge",
    "open_invitation",
    "open_judging",
    "prepare",
    "record_acceptance",
    "record_decline",
    "record_scores",
    "recuse",
    "refuse_appointment",
    "refuse_to_lighten_own_desk",
    "remind_of_offer",
    "remove_component",
    "remove_judge",
    "reopen",
    "revoke_award",
    "rubric_is_fixed",
    "save_component",
    "send_announcement",
    "send_corrections",
    "send_invitation_again",
    "send_offer",
    "set_terms",
    "shortlist",
    "take_back_choice",
    "take_from_judge",
    "take_invitation_back",
]

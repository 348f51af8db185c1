"""One function a message. Callers import from here."""

from awards.emails.announcement import (
    ABOUT_A_WINNER,
    NOT_SELECTED,
    NOT_SELECTED_COLLEAGUE,
    WON,
    WON_COLLEAGUE,
    award_not_selected,
    award_not_selected_colleague,
    award_won,
    award_won_colleague,
)
from awards.emails.guests import judge_invitation
from awards.emails.judging import judging_ends_soon
from awards.emails.offers import (
    OFFER,
    OFFER_COLLEAGUE,
    OFFER_KINDS,
    REMINDER_KINDS,
    TAKEN_BACK,
    award_answered,
    award_lapsed,
    award_offer,
    award_offered_colleague,
    award_reminder,
    award_reminder_colleague,
    award_taken_back,
    place_became_free,
    preview_offer,
)

__all__ = [
    "ABOUT_A_WINNER",
    "NOT_SELECTED",
    "NOT_SELECTED_COLLEAGUE",
    "OFFER",
    "OFFER_COLLEAGUE",
    "OFFER_KINDS",
    "REMINDER_KINDS",
    "TAKEN_BACK",
    "WON",
    "WON_COLLEAGUE",
    "award_answered",
    "award_lapsed",
    "award_not_selected",
    "award_not_selected_colleague",
    "award_offer",
    "award_offered_colleague",
    "award_reminder",
    "award_reminder_colleague",
    "award_taken_back",
    "award_won",
    "award_won_colleague",
    "judge_invitation",
    "judging_ends_soon",
    "place_became_free",
    "preview_offer",
]

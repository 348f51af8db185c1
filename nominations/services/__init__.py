"""What changes nominations. Callers import from here."""

from nominations.services.accounts import change_account, link_account
from nominations.services.categories import move_nominations, remove_category
from nominations.services.drafts import discard_draft, save_draft, start_draft
from nominations.services.extension import extend_deadline
from nominations.services.programs import delete_program, shift_dates, start_program
from nominations.services.replies import record_reply
from nominations.services.self_nominations import (
    confirm_self_nomination,
    read_confirmation,
    remove_unconfirmed,
    send_self_nomination,
)
from nominations.services.submission import check_program_takes_nominations, expects_reading, submit_nomination
from nominations.services.triage import save_reading, triage

__all__ = [
    "change_account",
    "check_program_takes_nominations",
    "confirm_self_nomination",
    "delete_program",
    "discard_draft",
    "expects_reading",
    "extend_deadline",
    "link_account",
    "move_nominations",
    "read_confirmation",
    "record_reply",
    "remove_category",
    "remove_unconfirmed",
    "save_draft",
    "save_reading",
    "send_self_nomination",
    "shift_dates",
    "start_draft",
    "start_program",
    "submit_nomination",
    "triage",
]

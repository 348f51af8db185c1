"""What changes nominations. Callers import from here."""

from nominations.services.accounts import change_account, link_account
from nominations.services.drafts import discard_draft, save_draft, start_draft
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
    "discard_draft",
    "expects_reading",
    "link_account",
    "read_confirmation",
    "record_reply",
    "remove_unconfirmed",
    "save_draft",
    "save_reading",
    "send_self_nomination",
    "start_draft",
    "submit_nomination",
    "triage",
]

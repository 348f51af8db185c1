"""One function a message."""

from references.emails.answers import answer_late, nobody_found, request_answered
from references.emails.approval import approval_wanted, step_overdue, team_wanted
from references.emails.called_off import called_off_for_csm
from references.emails.needs import reference_wanted

__all__ = [
    "answer_late",
    "approval_wanted",
    "called_off_for_csm",
    "nobody_found",
    "reference_wanted",
    "request_answered",
    "step_overdue",
    "team_wanted",
]

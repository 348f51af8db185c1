"""The secret links of a conversation: each opens one side's page, and outlives the day it is needed by a month."""

from datetime import datetime, timedelta

from advocacy.links import issue_link
from advocacy.models import SecretLink
from advocacy.working_time import start_of
from references.models import Candidate

Purpose = SecretLink.Purpose
OUTLIVES = timedelta(days=30)


def link_for_advocate(candidate: Candidate, now: datetime) -> str:
    return _issue(Purpose.ANSWER_REFERENCE, candidate, now)


def link_for_prospect(candidate: Candidate, now: datetime) -> str:
    return _issue(Purpose.PICK_SLOT, candidate, now)


def link_for_debrief(candidate: Candidate, side: str, now: datetime) -> str:
    return _issue(Purpose.DEBRIEF, candidate, now, detail=side)


def _issue(purpose, candidate, now, detail=""):
    request = candidate.request
    last = max(now, start_of(request.needed_by), request.scheduled_for or now)
    return issue_link(purpose=purpose, about=candidate, detail=detail, expires_at=last + OUTLIVES)

"""What the nominee's page can still do. Pure: the current time is an argument."""

from datetime import datetime

from nominations.models import Nomination, NomineeReply

OPEN = "open"
ANSWERED = "answered"
SETTLED = "settled"
SAID_NO = "said_no"
WITHDRAWN = "withdrawn"
OUT = "out"
ANNOUNCED = "announced"
TAKES_ANSWERS = {OPEN, ANSWERED}

Status = Nomination.Status


def standing_of(nomination: Nomination, reply: NomineeReply, now: datetime) -> str:
    """A yes can change until judging closes. Without one, an answer is taken until the announcement."""
    if nomination.status == Status.WITHDRAWN:
        return SAID_NO if reply.answer == NomineeReply.Answer.NO else WITHDRAWN
    if nomination.program.announced_at:
        return ANNOUNCED
    if nomination.status != Status.SUBMITTED or nomination.nominee_id is None:
        return OUT
    if reply.answer != NomineeReply.Answer.YES:
        return OPEN
    return ANSWERED if now <= nomination.program.judging_closes_at else SETTLED

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import move
from nominations import questions
from nominations.completeness import READINGS, missing_readings
from nominations.exceptions import ReasonMissing
from nominations.models import Nomination, NomineeReply
from nominations.services.replies import stop_mails
from nominations.services.stopping import stop_asking_for_missing_parts, stop_reminding_of_reading

Status = Nomination.Status
NEED_A_REASON = {Status.INELIGIBLE, Status.DUPLICATE, Status.WITHDRAWN}


def triage(*, nomination: Nomination, to: str, by: User, why: str, now: datetime) -> bool:
    """Take a nomination out, or put it back; raises ReasonMissing or ForbiddenMove. False when it already is `to`."""
    if to in NEED_A_REASON and not why.strip():
        raise ReasonMissing(_("Say why: the person who nominated reads it."))
    with transaction.atomic():
        moved = move(nomination, to=to, by=by, why=why.strip(), changed_at=now)
        if moved and to == Status.SUBMITTED:
            questions.plan_again(nomination=nomination, now=now)
        elif moved:
            _stop_mails(nomination)
    return moved


def _stop_mails(nomination):
    if reply := NomineeReply.objects.filter(nomination=nomination).first():
        stop_mails(reply)
    stop_reminding_of_reading(nomination)
    stop_asking_for_missing_parts(nomination)


@transaction.atomic
def save_reading(*, nomination: Nomination, readings: dict) -> Nomination:
    """The CSM's reading of the partnership, for a nomination somebody else made."""
    names = [name for field in READINGS for name in (field, f"{field}_evidence") if name in readings]
    for name in names:
        setattr(nomination, name, readings[name])
    nomination.save(update_fields=[*names, "updated_at"])
    if not missing_readings(nomination):
        stop_reminding_of_reading(nomination)
    return nomination

"""Freezing a program's result: once, and anew only with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.walltime import in_words
from advocacy.workflow import record_change
from awards import freezing
from awards.exceptions import AlreadyFrozen, JudgingStillOpen
from awards.models import Result
from nominations.models import Program

FROZEN = "frozen"


def freeze_result(*, program: Program, by: User, now: datetime, reason: str = "") -> Result:
    """Keep order, winners and reserves with all they came from, never to be changed.

    A second result needs a reason and something new. Raises JudgingStillOpen or AlreadyFrozen.
    """
    if now <= program.judging_closes_at:
        raise JudgingStillOpen(_("A result is frozen when judging has closed."))
    with transaction.atomic():
        locked = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        before = Result.objects.newest_of(locked)
        payload = freezing.payload_of(locked, number=before.number + 1 if before else 1)
        if before:
            _refuse_without_news(before, payload, reason)
        result = Result.objects.create(
            program=locked,
            number=payload["number"],
            reason=reason.strip() if before else "",
            frozen_at=now,
            frozen_by=by,
            payload=payload,
            digest=freezing.digest_of(payload),
            notes=freezing.notes_of(locked),
        )
        record_change(result, from_status="", to_status=FROZEN, by=by, why=result.reason, changed_at=now)
    return result


def _refuse_without_news(before, payload, reason):
    names = {
        "number": before.number,
        "by": before.frozen_by,
        "moment": in_words(before.frozen_at, before.program.time_zone),
    }
    if says_the_same(before.payload, payload):
        raise AlreadyFrozen(_("Result %(number)s, frozen by %(by)s on %(moment)s, says the same already.") % names)
    if not reason.strip():
        raise AlreadyFrozen(_("Result %(number)s was frozen by %(by)s on %(moment)s. A new decision needs a reason.") % names)


def says_the_same(before: dict, after: dict) -> bool:
    """Whether two payloads differ in nothing but their number."""
    return before | {"number": 0} == after | {"number": 0}

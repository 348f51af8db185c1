"""A later deadline for one nomination."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import walltime
from advocacy.models import User
from advocacy.workflow import record_change
from nominations import emails
from nominations.exceptions import ExtensionNotGiven, ReasonMissing
from nominations.models import Nomination, SelfNomination
from nominations.services.self_nominations import take_in


@transaction.atomic
def extend_deadline(*, nomination: Nomination, until: datetime, by: User, why: str, now: datetime) -> Nomination:
    """Take this draft until `until`, past the close of the call, and tell its nominator.

    The hidden grace of the program counts after it too. Who gave it and why stands in the history.
    Raises ReasonMissing, or ExtensionNotGiven with the sentence.
    """
    if not why.strip():
        raise ReasonMissing(_("Say why: it stands in the history of the nomination."))
    nomination = Nomination.objects.select_for_update(of=("self",)).select_related("program").get(pk=nomination.pk)
    _refuse(nomination, until=until, now=now)
    nomination.extended_until = until
    # Not updated_at: a colleague who has the draft open is not in conflict with it.
    nomination.save(update_fields=["extended_until"])
    words = walltime.in_words(until, nomination.program.time_zone)
    record_change(
        nomination,
        from_status=nomination.status,
        to_status=nomination.status,
        by=by,
        why=_("Taken until %(moment)s: %(why)s") % {"moment": words, "why": why.strip()},
        changed_at=now,
    )
    if nomination.nominator:
        emails.deadline_extended(nomination)
    _take_in_what_came_late(nomination, by=by, now=now)
    return nomination


def _take_in_what_came_late(nomination, *, by, now):
    """A customer who sent the form after the close has nobody to submit the draft: more time is all it needs."""
    kept = SelfNomination.objects.filter(nomination=nomination).first()
    if kept and nomination.program.takes_nominations(kept.sent_at, nomination.extended_until):
        take_in(nomination=nomination, kept=kept, by=by, submitted_at=now, now=now)


def _refuse(nomination, *, until, now):
    program = nomination.program
    if nomination.status != Nomination.Status.DRAFT:
        raise ExtensionNotGiven(_("This nomination was submitted already: it needs no more time."))
    if until <= max(now, program.closes_at):
        raise ExtensionNotGiven(
            _("Choose a time to come, after the close of the call on %(moment)s.")
            % {"moment": walltime.in_words(program.closes_at, program.time_zone)}
        )
    if until > program.judging_opens_at:
        raise ExtensionNotGiven(
            _("Judging opens on %(moment)s: extend to then at most, or move the judging first.")
            % {"moment": walltime.in_words(program.judging_opens_at, program.time_zone)}
        )

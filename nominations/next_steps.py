"""What happens next with a nomination, in one sentence. Pure: the current time is an argument."""

from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from nominations.models import Nomination, NomineeReply, Program

Phase = Program.Phase
Status = Nomination.Status


def next_step(nomination, *, reply=None, now: datetime) -> str:
    program = nomination.program
    if nomination.status == Status.DRAFT:
        return _of_draft(program, now)
    if nomination.status == Status.SUBMITTED:
        return _of_submitted(nomination, program, reply, now)
    return {
        Status.INELIGIBLE: _("It takes no part. The reason stands in the history."),
        Status.DUPLICATE: _("The same customer was nominated before; that nomination goes on."),
        Status.WITHDRAWN: _("It was withdrawn. Nothing more happens."),
    }[nomination.status]


def _of_draft(program, now):
    if now < program.opens_at:
        return _("Submit it from %(moment)s on.") % {"moment": in_words(program.opens_at, program.time_zone)}
    if program.takes_nominations(now):
        return _("Submit it by %(moment)s.") % {"moment": in_words(program.closes_at, program.time_zone)}
    return _("The call has closed. The draft is kept, and cannot be submitted any more.")


def _of_submitted(nomination, program, reply, now):
    phase = program.phase(now)
    if phase == Phase.ANNOUNCED:
        return _("Nothing more: the winners have been announced.")
    if nomination.account_id is None:
        return _("The advocacy team links it to an account.")
    if reply and not reply.answer and reply.asked_at:
        return _("The nominee was asked by mail. We wait for the answer.")
    if reply and not reply.answer and reply.goes_at:
        goes_at = in_words(reply.goes_at, program.time_zone)
        return _("The CSM asks the nominee; else a mail goes on %(moment)s.") % {"moment": goes_at}
    if not (reply and reply.answer == NomineeReply.Answer.YES):
        return _("The CSM asks the nominee for a yes and records the answer here.")
    if phase == Phase.JUDGING:
        return _("The judges read it until %(moment)s.") % {"moment": in_words(program.judging_closes_at, program.time_zone)}
    if phase == Phase.JUDGED:
        return _("The winners are announced on %(moment)s.") % {"moment": in_words(program.announces_at, program.time_zone)}
    return _("Judging begins on %(moment)s.") % {"moment": in_words(program.judging_opens_at, program.time_zone)}

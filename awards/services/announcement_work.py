"""The mails of an announcement to very many: written in slices, looked over as a whole at the end."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from advocacy.jobs.exceptions import JobStopped
from advocacy.models import Job, User
from awards.services.announcement import chosen, prepare
from awards.services.announcement_mails import PREFIX, announcement_writers, mailing_of, not_selected, was_sent
from nominations.models import Program
from outbox.mailings import cancel_mailing
from outbox.models import Mailing

SLICE = 50  # mails of one step


def write_announcement(job: Job, now: datetime) -> Iterator[tuple[int, int]]:
    """Keyed one by one: what an earlier worker wrote is found and not written again. The last step makes all agree.

    Raises NotReadyToAnnounce, and JobStopped when the mailing was cancelled meanwhile.
    """
    program = _hold(job)
    winners = list(chosen(program))
    others = list(not_selected(program, winners))
    total = 4 * len(winners) + 2 * len(others) + 1
    mailing = mailing_of(program, now, job.started_by)
    writers, done = announcement_writers(mailing, program, winners, others, now), 0
    while not was_sent(program) and (written := list(islice(writers, SLICE))):
        done += len(written)
        yield min(done, total - 1), total
        _hold(job)
        _stop_if_cancelled(mailing)
    held = prepare(program=program, by=job.started_by, now=now)
    job.note = _("%(held)s mails are prepared. Nothing is sent.") % {"held": f"{held:,}"}
    yield total, total


def stop_announcement(job: Job, by: User | None, now: datetime) -> str:
    """A cancelled preparation leaves a mailing that is cancelled; the next one is a mailing of its own."""
    key = f"{PREFIX}{job.params['program']}:"
    stopped = [
        cancel_mailing(mailing=mailing, by=by, now=now).stopped
        for mailing in Mailing.objects.filter(key__startswith=key, state=Mailing.State.PREPARED)
    ]
    return _("%(mails)s mails that were prepared stay home; nobody gets one.") % {"mails": f"{sum(stopped):,}"}


def _hold(job):
    return Program.objects.select_for_update(of=("self",)).get(pk=job.params["program"])


def _stop_if_cancelled(mailing):
    if Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.CANCELLED).exists():
        raise JobStopped(_("The mailing was cancelled."))

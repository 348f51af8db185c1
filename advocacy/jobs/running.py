"""The work on a job: by one worker at a time, step by step, until it is done, fails or is cancelled."""

import contextlib
import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime

import pghistory
from django.db import Error, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import ForbiddenMove, RuleBroken
from advocacy.jobs.exceptions import JobRefused, JobStopped
from advocacy.jobs.registry import JobKind, job_kind, refuse_unless_allowed
from advocacy.models import Job, User
from advocacy.workflow import move
from outbox.faults import without_words

State = Job.State
SHIFT = 60  # seconds a worker gives to one job before it lets the next task go on
logger = logging.getLogger(__name__)


class Lost(Exception):
    """The job was cancelled, or another worker holds it: what this step did is undone."""


# Or the database itself is away: then the job stays as it is, and is gone on with.
OVER_MEANWHILE = contextlib.suppress(Error, Lost, ForbiddenMove)


def cancel(job: Job, *, by: User | None, now: datetime, why: str = "") -> None:
    """The step under way is undone; raises ForbiddenMove for a job that is over. Cancelled already: nothing changes."""
    with transaction.atomic():
        if not move(job, to=State.CANCELLED, by=by, why=why, changed_at=now):
            return
        Job.objects.filter(pk=job.pk).update(note=why, ended_at=now, holder="")
    # Only now: the step under way may hold what `undo` needs, and waits for this row.
    kind = job_kind(job.kind)
    job.note = " ".join(filter(None, [why, kind.undo(job, by, now) if kind else ""]))
    job.save(update_fields=["note"])


def left_alone(now: datetime) -> list[int]:
    """Jobs that wait for a worker, or whose worker is gone."""
    jobs = Job.objects.filter(state__in=[State.WAITING, State.RUNNING]).order_by("pk")
    return [job.pk for job in jobs if job.state == State.WAITING or _is_silent(job, now)]


def work_on(job_id: int, *, now: datetime, again: Callable[[int], None], shift: float = SHIFT) -> None:
    """A worker's go at a job; `again` queues the next one when this has lasted long enough."""
    job = _claim(job_id, now)
    if job is None:
        return
    try:
        with pghistory.context(user=job.started_by_id, job=job.pk):
            is_over = _work(job, now, time.monotonic() + shift)
    except Lost:
        return
    except JobStopped as reason:
        with OVER_MEANWHILE:
            cancel(job, by=None, now=timezone.now(), why=str(reason))
    except RuleBroken as refusal:
        _fail(job, str(refusal))
    except Exception as error:
        logger.error("The long work %s stopped.", job.pk, exc_info=without_words(error))
        _fail(job, _("It stopped by a fault (%(kind)s); it can go on.") % {"kind": type(error).__name__})
    else:
        if not is_over:
            again(job.pk)


def _claim(job_id, now):
    """The job for the one worker that may go on with it, else None."""
    with transaction.atomic():
        job = Job.objects.open().select_for_update(of=("self",)).filter(pk=job_id).first()
        if job is None or (job.state == State.RUNNING and not _is_silent(job, now)):
            return None
        move(job, to=State.RUNNING, by=job.started_by, changed_at=now)
        job.holder, job.beat_at = secrets.token_hex(16), timezone.now()
        job.save(update_fields=["holder", "beat_at"])
    return job


def _work(job, now, ends):
    """Step by step; whether it is over when the shift is."""
    kind = job_kind(job.kind)
    if kind is None:
        raise JobRefused(_("This kind of work is not known any more."))
    refuse_unless_allowed(kind, job.started_by, job.params)
    steps = kind.work(job, now)
    try:
        while _step(job, steps):
            if time.monotonic() > ends:
                _hold(job, beat_at=None)  # whoever comes next need not wait
                return False
    finally:
        steps.close()
    return True


def _step(job, steps):
    """One step, and in the same transaction how far it is; False after the last."""
    with transaction.atomic():
        try:
            done, job.total = next(steps)
        except StopIteration:
            _finish(job)
            return False
        job.done = max(job.done, done)
        _hold(job, done=job.done, total=job.total, cursor=job.cursor, beat_at=timezone.now())
    return True


def _finish(job):
    now = timezone.now()
    done = job.done if job.total is None else job.total
    _hold(job, done=done, note=job.note, file=job.file, file_name=job.file_name, ended_at=now, beat_at=now)
    move(job, to=State.DONE, by=job.started_by, changed_at=now)


def _hold(job, **fields):
    if not Job.objects.filter(pk=job.pk, state=State.RUNNING, holder=job.holder).update(**fields):
        raise Lost


def _fail(job, note):
    now = timezone.now()
    with OVER_MEANWHILE, transaction.atomic():
        _hold(job, note=note, ended_at=now)
        move(job, to=State.FAILED, by=None, changed_at=now)


def _is_silent(job, now):
    """Its worker has given no sign of life for so long that it must be gone."""
    kind = job_kind(job.kind)
    return job.beat_at is None or job.beat_at < now - (kind.silence if kind else JobKind.silence)

"""Long work begins, and begins again: once for the same, and queued for the workers."""

import hashlib
import json
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from advocacy import tasks
from advocacy.jobs.exceptions import JobRefused
from advocacy.jobs.registry import job_kind, refuse_unless_allowed
from advocacy.models import Job, User
from advocacy.workflow import move, record_change
from outbox.queueing import after_commit

State = Job.State
MOST_OPEN = 5  # of one person; what a rule starts is not counted


def start(*, kind: str, params: dict, title: str, by: User | None, now: datetime) -> Job:
    """The open job of this kind about the same, else a new one; raises JobRefused."""
    work = job_kind(kind)
    refuse_unless_allowed(work, by, params)
    key = _key(work, params, by)
    with transaction.atomic():
        _alone_with(kind, key)
        job = Job.objects.open().filter(kind=kind, key=key).first()
        if job is None:
            _refuse_too_many(by)
            job = Job.objects.create(kind=kind, params=params, key=key, title=title[:200], started_by=by, created_at=now)
            record_change(job, from_status="", to_status=job.state, by=by, changed_at=now)
        after_commit(tasks.run_job, job.pk)
    return job


def go_on(job: Job, *, by: User, now: datetime) -> None:
    """Let workers take up a job that failed, where it was; raises JobRefused and ForbiddenMove."""
    with transaction.atomic():
        _alone_with(job.kind, job.key)
        if Job.objects.open().filter(kind=job.kind, key=job.key).exclude(pk=job.pk).exists():
            raise JobRefused(_("The same work was started anew meanwhile."))
        _refuse_too_many(by)
        if move(job, to=State.WAITING, by=by, changed_at=now):
            Job.objects.filter(pk=job.pk).update(note="", ended_at=None, beat_at=None, holder="")
        after_commit(tasks.run_job, job.pk)


def _key(kind, params, by):
    about = [params, None if kind.is_shared else by and by.pk]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _refuse_too_many(by):
    if by is None:
        return
    _lock(f"jobs of {by.pk}")
    if Job.objects.open().filter(started_by=by).count() >= MOST_OPEN:
        raise JobRefused(
            _("You began %(most)s others that are not done yet. Wait for one, or cancel one under “Long work”.")
            % {"most": MOST_OPEN}
        )


def _alone_with(kind, key):
    """Of two who start the same at once the second finds the job of the first."""
    _lock(f"job {kind} {key}")


def _lock(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

"""Files on their way in: begun once, gone on with after an interruption, watched and cancelled from anywhere."""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import Error, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.importer import uploads
from advocacy.importer.accounts import AccountImport
from advocacy.importer.advocates import AdvocateImport
from advocacy.importer.exceptions import FileUnusable
from advocacy.importer.opportunities import OpportunityImport
from advocacy.importer.progress import Progress
from advocacy.importer.reading import count_rows
from advocacy.importer.report import Report
from advocacy.importer.stepwise import StepwiseImport
from advocacy.importer.table_import import alone
from advocacy.models import ImportRun, User
from advocacy.workflow import move, record_change

IMPORTERS = {"accounts": AccountImport, "advocates": AdvocateImport, "opportunities": OpportunityImport}
State = ImportRun.State
OPEN = {State.WAITING, State.RUNNING}
SILENT_AFTER = timedelta(minutes=2)  # no sign of life from a running import: its process is gone
SHIFT = 240  # seconds a worker gives to one import before it lets the next task go on


class Cancelled(FileUnusable):
    """Somebody ended the import while it ran."""


class ShiftOver(Exception):
    """This process has given its time; what is in stays in, and another goes on."""


def begin(*, kind: str, path: Path, file_name: str, options: dict, by: User | None, now: datetime) -> ImportRun:
    """The run of this file: one that is under way or was interrupted, else a new one; raises FileUnusable."""
    IMPORTERS[kind](path=path, now=now, **options).open()
    sha256 = fingerprint(path)
    with transaction.atomic():
        # Two who begin with the same file at once: the second finds the run of the first.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {kind} {sha256}"])
        same = ImportRun.objects.filter(kind=kind, sha256=sha256, options=options).exclude(state=State.DONE)
        if run := same.first():
            return run
        run = ImportRun.objects.create(
            kind=kind,
            path=str(path),
            file_name=file_name[-255:],
            sha256=sha256,
            options=options,
            rows_total=count_rows(path),
            started_by=by,
            created_at=now,
        )
        record_change(run, from_status="", to_status=run.state, by=by, changed_at=now)
    return run


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def go_on(
    run: ImportRun,
    *,
    now: datetime,
    path: Path | None = None,
    progress: Progress | None = None,
    patience: float | None = None,
    shift: float | None = None,
) -> Report:
    """Import the file of `run` from where it is, alone; the report counts all its rows, also those of earlier goes.

    `patience` is how many seconds to wait for another import, `shift` after how many to let go. Raises
    FileUnusable, ImportsBusy, Cancelled and ShiftOver.
    """
    with alone(patience):
        run.refresh_from_db()
        if run.state == State.DONE:  # while we waited for our turn
            return report_of(run)
        move(run, to=State.RUNNING, by=run.started_by, changed_at=now)
        in_steps = issubclass(IMPORTERS[run.kind], StepwiseImport)
        kept = KeptInSteps(run, shift) if in_steps else KeptAside(run)
        try:
            return _finish(run, _work(run, path, now, _both(progress, kept), in_steps))
        except (Cancelled, ShiftOver):
            raise
        except Exception as error:
            _fail(run, error)
            raise
        finally:
            kept.close()


def _work(run, path, now, progress, in_steps):
    work = IMPORTERS[run.kind](
        path=path or run.path, file_name=run.file_name, now=now, by=run.started_by, progress=progress, **run.options
    )
    if in_steps and run.counts:
        work.report.restore(run.counts | {"rejections": run.rejections})
    return work.run()


def _both(shown, kept):
    if shown is None:
        return kept
    shown.behind = kept
    return shown


def _finish(run, report):
    with transaction.atomic():
        move(run, to=State.DONE, by=run.started_by, changed_at=timezone.now())
        _write(ImportRun.objects.filter(pk=run.pk), report, error="", ended_at=timezone.now())
    uploads.discard_taken(run.path)
    return report


def _write(runs, report, **fields):
    kept = report.to_json()
    rejections = kept.pop("rejections")
    return runs.update(rows_done=report.read, counts=kept, rejections=rejections, beat_at=timezone.now(), **fields)


def _fail(run, error):
    fault = _("The import stopped by a fault (%(kind)s); it can go on.") % {"kind": type(error).__name__}
    try:
        move(run, to=State.FAILED, by=None, why=type(error).__name__, changed_at=timezone.now())
        run.error = str(error) if isinstance(error, RuleBroken) else fault
        run.ended_at = timezone.now()
        run.save(update_fields=["error", "ended_at"])
    except Error:
        pass  # The database itself is away: the run stays as it is, and is gone on with.


def report_of(run: ImportRun) -> Report:
    report = Report()
    if run.counts:
        report.restore(run.counts | {"rejections": run.rejections})
    return report


def cancel(run: ImportRun, *, by: User, now: datetime) -> None:
    """The batch under way is given up; raises ForbiddenMove for a run that is over."""
    move(run, to=State.CANCELLED, by=by, changed_at=now)
    run.ended_at = now
    run.save(update_fields=["ended_at"])


def resume(run: ImportRun, *, by: User, now: datetime) -> None:
    """Let a worker go on with a run that failed or was cancelled; raises FileUnusable and ForbiddenMove."""
    if not Path(run.path).exists():
        raise FileUnusable(_("The file waited too long and was removed. Choose it again: the import goes on where it was."))
    move(run, to=State.RUNNING, by=by, changed_at=now)
    run.beat_at, run.ended_at, run.error = now, None, ""
    run.save(update_fields=["beat_at", "ended_at", "error"])


def left_alone(now: datetime) -> list[int]:
    """Runs from the pages that wait for a worker, or whose worker is gone; those of commands are the operator's."""
    silent = Q(state=State.RUNNING) & (Q(beat_at=None) | Q(beat_at__lt=now - SILENT_AFTER))
    runs = ImportRun.objects.filter(Q(state=State.WAITING) | silent, path__startswith=str(uploads.folder()))
    return list(runs.order_by("pk").values_list("pk", flat=True))


def work_on(run_id: int, *, now: datetime, again: Callable[[int], None]) -> None:
    """A worker's go at a run; `again` queues the next one when this has lasted long enough."""
    run = ImportRun.objects.filter(pk=run_id, state__in=OPEN).first()
    if run is None:
        return
    try:
        go_on(run, now=now, patience=0, shift=SHIFT)
    except ShiftOver:
        again(run_id)
    except FileUnusable:
        return  # cancelled, not its turn yet, or the run says why


class KeptInSteps(Progress):
    """Writes how far the run is in the transaction of the rows themselves."""

    def __init__(self, run: ImportRun, shift: float | None):
        self.run, self.ends_at = run, shift and time.monotonic() + shift

    def step(self, report):
        if not _write(ImportRun.objects.filter(pk=self.run.pk, state=State.RUNNING), report):
            raise Cancelled(_("The import was cancelled; the rows before stay in."))

    def between(self):
        if self.ends_at and time.monotonic() > self.ends_at:
            raise ShiftOver

    def close(self):
        pass


class KeptAside(Progress):
    """Writes how far the run is on a connection of its own, because the rows themselves are one transaction."""

    def __init__(self, run: ImportRun):
        # Inside the caller's own transaction nobody else sees the run: nothing to tell.
        self.run, self.aside = run, None if connection.in_atomic_block else connection.copy()

    def step(self, report):
        if self.aside is None:
            return
        with self.aside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {ImportRun._meta.db_table} SET rows_done = %s, beat_at = now() WHERE id = %s AND state = 'running'",  # noqa: S608
                [report.read, self.run.pk],
            )
            if not cursor.rowcount:
                raise Cancelled(_("The import was cancelled; nothing of the file was taken."))

    def close(self):
        if self.aside:
            self.aside.close()

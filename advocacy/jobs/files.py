"""Lists too long to be sent while somebody waits: written by a job to a file of its own, kept for some days."""

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy.exports import neutral
from advocacy.jobs.registry import JobKind
from advocacy.models import Job, User

SLICE = 200  # rows of one step
# What shows more rows or more of a row: whoever has lost one of these has no use of a file that was made with it.
WIDENS = ["advocacy.run_program", "advocacy.view_all_advocates", "advocacy.view_contact_data"]
GOES_STALE = timedelta(hours=1)  # what was written before a longer break is written anew

Row = Sequence
Seen = set[tuple[str, ...]]
# Of the person who started it: how many rows there are now, and those not in the file yet.
Rows = Callable[[User, dict, datetime, Seen], tuple[int, Iterator[Row]]]


def export_kind(*, columns: Sequence[str], rows: Rows, name: Callable[[Job], str], key: Sequence[int] = (0,), **words) -> JobKind:
    """A kind whose work is a CSV file: `rows` is asked anew by every worker, so that it holds what its starter may see then.

    `key`: the columns that tell one row from another; what is in the file already is left out.
    """

    def work(job, now):
        part = _take_part(job, now)
        seen = _seen(part, key)
        total, found = rows(job.started_by, job.params, now, seen)
        fresh = (row for row in found if tuple(str(neutral(row[column])) for column in key) not in seen)
        with part.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if not file.tell():
                writer.writerow(columns)
            written = len(seen)
            while piece := list(islice(fresh, SLICE)):
                writer.writerows([neutral(value) for value in row] for row in piece)
                file.flush()
                written += len(piece)
                job.cursor = {"part": part.name, "bytes": file.tell(), "at": now.timestamp(), "rights": rights_of(job.started_by)}
                yield written, max(total, written)
        job.total = job.done = written
        job.file, job.file_name = part.name, name(job)
        job.note = _("The file has %(rows)s rows.") % {"rows": f"{written:,}"}

    return JobKind(work=work, undo=_undo, is_shared=False, **words)


def rights_of(user: User) -> list[str]:
    return [right for right in WIDENS if user.has_perm(right)]


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "jobs"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def remove_old_files(now: datetime) -> int:
    """Those of jobs that ended long ago, and what none of the others holds any more; returns how many."""
    old = list(Job.objects.with_old_files(now))
    for job in old:
        _discard(job)
    Job.objects.filter(pk__in=[job.pk for job in old]).update(file="")
    found = list(folder().iterdir())  # before the jobs: the file of one that begins meanwhile is none of these
    held = {str(pk) for pk in Job.objects.with_kept_files(now).values_list("pk", flat=True)}
    left = [path for path in found if path.name.partition("-")[0] not in held]
    for path in left:
        path.unlink(missing_ok=True)
    return len(old) + len(left)


def _take_part(job, now):
    """What was written so far, as a file of this worker alone: one that was taken for dead may still write to its own."""
    taken = folder() / f"{job.pk}-{job.holder}.csv"
    before = folder() / job.cursor.get("part", "none")
    size, written_at = job.cursor.get("bytes", 0), job.cursor.get("at", 0)
    is_fresh = now.timestamp() - written_at < GOES_STALE.total_seconds() and job.cursor.get("rights") == rights_of(job.started_by)
    goes_on = is_fresh and before.exists() and before.stat().st_size >= size
    if goes_on:
        shutil.copyfile(before, taken)
    with taken.open("ab") as file:
        file.truncate(size if goes_on else 0)
    before.unlink(missing_ok=True)
    return taken


def _seen(part, key):
    with part.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        return {tuple(row[column] for column in key) for row in reader}


def _undo(job, by, now):
    _discard(job)
    return _("Nothing of the file was kept.")


def _discard(job):
    for path in folder().glob(f"{job.pk}-*.csv"):
        path.unlink(missing_ok=True)

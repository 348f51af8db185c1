"""What kinds of long work there are. Each app names its own in `job_kinds.py`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from advocacy.jobs.exceptions import JobRefused
from advocacy.models import Job, User

Steps = Iterator[tuple[int, int | None]]


def runs_program(user: User, params: dict) -> bool:
    return user.runs_program


def nothing_to_undo(job: Job, by: User | None, now: datetime) -> str:
    return ""


@dataclass(frozen=True)
class JobKind:
    """One kind.

    `work(job, now)` yields how much is done, and of how much, after each step; `job.cursor` and `job.note` it sets
    before. `may(user, params)` is asked when it starts, with each shift, and for what it made. `undo(job, by, now)`
    is called when it is cancelled and says what stays. `page(job)` is where its reader goes on. `is_shared`: one at
    a time for all, else one a person. `is_offered`: it is started from the page of long work.
    `silence`: after it a worker without a sign of life counts as gone; longer than the longest step.
    """

    code: str
    label: str
    work: Callable[[Job, datetime], Steps]
    may: Callable[[User, dict], bool]
    about: str = ""
    undo: Callable[[Job, User | None, datetime], str] = nothing_to_undo
    page: Callable[[Job], str] | None = None
    page_label: str = ""
    is_shared: bool = True
    is_offered: bool = False
    silence: timedelta = timedelta(minutes=2)


_kinds: dict[str, JobKind] = {}


def register(*kinds: JobKind) -> None:
    _kinds.update((kind.code, kind) for kind in kinds)


def job_kind(code: str) -> JobKind | None:
    return _kinds.get(code)


def all_kinds() -> list[JobKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def refuse_unless_allowed(kind: JobKind, by: User | None, params: dict):
    """`by` is nobody for what a rule started."""
    if by and not (by.is_active and kind.may(by, params)):
        raise JobRefused(_("%(person)s may not do this, or not any more.") % {"person": by.name})

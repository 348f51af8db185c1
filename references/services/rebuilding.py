"""The whole search made anew, in slices, while people search on."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.models import ActivityType, Advocate, Job
from references.search import upkeep
from references.vocabulary import rebuild_words

SLICE = 1_000  # advocates of one step


def rebuild_search(job: Job, now: datetime) -> Iterator[tuple[int, int]]:
    """Rows first, in the order of their keys; then the counts and places, then who is free for each activity, then the words."""
    rows = max(Advocate.objects.count(), job.cursor.get("rows", 0))
    total = rows + ActivityType.objects.count() + 2
    while pks := _next_slice(job.cursor.get("after", 0)):
        upkeep.refresh(pks)
        job.cursor = {"after": pks[-1], "rows": job.cursor.get("rows", 0) + len(pks)}
        yield job.cursor["rows"], total
    if not job.cursor.get("counted"):
        upkeep.make_all(now)
        job.cursor = job.cursor | {"counted": True}
        yield rows + 1, total
    done = rows + 1
    while upkeep.is_behind(now) and upkeep.catch_up(now):
        done = min(done + 1, total - 1)
        yield done, total
    rebuild_words()
    job.note = _("%(rows)s rows were made anew, and all counts and places.") % {"rows": f"{job.cursor.get('rows', 0):,}"}


def _next_slice(after):
    return list(Advocate.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SLICE])

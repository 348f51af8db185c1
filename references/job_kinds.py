"""Long work of the search: lists of many advocates, and everything made anew."""

from datetime import timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.jobs.files import export_kind
from advocacy.jobs.registry import JobKind, register, runs_program
from references import load_list
from references.exports import COLUMNS, rows_of
from references.load import carried_by
from references.permissions import may_search
from references.search import Search
from references.search.whole import ids_of
from references.services.rebuilding import rebuild_search


def _rows(user, params, now, seen):
    search = Search.from_query(QueryDict(params["query"]))
    pks = ids_of(search, user, now, limit=None)
    return len(pks), rows_of([pk for pk in pks if (str(pk),) not in seen], search, user, now)


def _carried(user, params, now, seen):
    found = carried_by(user, params["list"], now)
    return len(found), map(load_list.row, found)


register(
    export_kind(
        code="advocate_list",
        label=gettext_lazy("List of advocates"),
        columns=COLUMNS,
        rows=_rows,
        may=lambda user, params: may_search(user),
        name=lambda job: f"advocates-{job.done}.csv",
        page=lambda job: f"{reverse('advocates')}?{job.params['query']}",
        page_label=gettext_lazy("Back to the search"),
    ),
    export_kind(
        code="load_list",
        label=gettext_lazy("List of who carries the asks"),
        columns=load_list.COLUMNS,
        rows=_carried,
        may=lambda user, params: load_list.may_read(user),
        name=lambda job: "load.csv",
        page=lambda job: f"{reverse('load')}?list={job.params['list']}",
        page_label=gettext_lazy("Back to the report"),
    ),
    JobKind(
        code="search_rebuild",
        label=gettext_lazy("Rebuild of the search"),
        about=gettext_lazy("Makes every row, count and place of the search anew. The search goes on meanwhile."),
        work=rebuild_search,
        may=runs_program,
        undo=lambda job, by, now: _("What was made anew stays; the rest is as it was. The search is whole either way."),
        page=lambda job: reverse("advocates"),
        page_label=gettext_lazy("Find references"),
        is_offered=True,
        silence=timedelta(minutes=11),  # above the time limit of a task: the counts of a million are one step
    ),
)

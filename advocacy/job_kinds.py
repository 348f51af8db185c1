"""Long lists about people and companies."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy import freshness_list
from advocacy.jobs.files import export_kind
from advocacy.jobs.registry import register
from advocacy.profile_checks.report import Chosen, whole_list


def _freshness_rows(user, params, now, seen):
    total, found = whole_list(user, Chosen.read(QueryDict(params["query"])), now)
    return total, map(freshness_list.row, found)


register(
    export_kind(
        code="freshness_list",
        label=_("List of profiles to check"),
        columns=freshness_list.COLUMNS,
        rows=_freshness_rows,
        may=lambda user, params: freshness_list.may_read(user),
        name=lambda job: "freshness.csv",
        page=lambda job: f"{reverse('freshness')}?{job.params['query']}",
        page_label=_("Back to the report"),
    ),
)

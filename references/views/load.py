from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from advocacy.exports import csv_lines
from references.load import DIMENSIONS, LISTS, PER_PAGE, load_of, people_of
from references.search.facets import number

LAST_PAGE = 100_000
BAR_WIDTH = 100
COLUMNS = ["advocate_id", "name", "account", "asks_90_days", "limit_90_days", "asks_year", "done_year", "given_year", "promised"]
TABS = {
    "over": gettext_lazy("Asked too much"),
    "never": gettext_lazy("Never asked"),
    "owed": gettext_lazy("Promised, not delivered"),
    "all": gettext_lazy("Give and take"),
}


@login_required
@require_GET
def load(request):
    """Who is asked too much, who was never asked, and who got what in return."""
    _require_reader(request.user)
    now = timezone.now()
    by = request.GET.get("by") if request.GET.get("by") in DIMENSIONS else "segment"
    listed = _listed(request)
    page = min(number(request.GET.get("page")) or 1, LAST_PAGE)
    people = people_of(request.user, listed, page, now)
    found = load_of(request.user, by, now)
    context = {
        "load": found,
        "bars": _bars(found.bars),
        "by": by,
        "dimensions": {name: label for name, (label, _value, _labels) in DIMENSIONS.items()},
        "listed": listed,
        "tabs": {name: (label, _number_of(found, name)) for name, label in TABS.items()},
        "people": people[:PER_PAGE],
        "page": page,
        "has_next": len(people) > PER_PAGE,
    }
    return render(request, "references/load/load.html", context)


@login_required
@require_GET
def load_csv(request):
    _require_reader(request.user)
    people = people_of(request.user, _listed(request), None, timezone.now())
    rows = (
        [row.pk, row.name, row.account, row.quarter, row.limit, row.year, row.done, row.given, row.promised] for row in people
    )
    response = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="load.csv"'
    return response


def _require_reader(user):
    if not (user.runs_program or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied


def _listed(request):
    return request.GET.get("list") if request.GET.get("list") in LISTS else "over"


def _number_of(found, name):
    return found.advocates if name == "all" else getattr(found, name)


def _bars(numbers):
    """Label, number and width of each bar, the longest `BAR_WIDTH` wide."""
    most = max([*numbers, 1])
    last = len(numbers) - 1
    labels = [_("never") if times == 0 else f"{times}{'+' if times == last else ''}" for times in range(len(numbers))]
    return [(label, number, round(BAR_WIDTH * number / most, 1)) for label, number in zip(labels, numbers, strict=True)]

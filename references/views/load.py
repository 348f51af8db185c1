from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from advocacy.exports import csv_lines
from advocacy.jobs.pages import begun
from references.load import DIMENSIONS, LISTS, PER_PAGE, carried_by, load_of, people_of
from references.load_list import AT_ONCE, COLUMNS, may_read, row
from references.search.facets import number

LAST_PAGE = 100_000
BAR_WIDTH = 100
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
        "is_long": _number_of(found, listed) > AT_ONCE,
    }
    return render(request, "references/load/load.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def load_csv(request):
    """A list of the page, at most `AT_ONCE`; by POST the whole of it, in the background."""
    _require_reader(request.user)
    listed = _listed(request)
    if request.method == "POST":
        back = f"{reverse('load')}?list={listed}"
        return begun(request, kind="load_list", params={"list": listed}, title=_("Who carries the asks"), back=back)
    people = carried_by(request.user, listed, timezone.now(), most=AT_ONCE)
    response = StreamingHttpResponse(csv_lines(COLUMNS, map(row, people)), content_type="text/csv; charset=utf-8")
    name = f"load-first-{AT_ONCE}" if len(people) == AT_ONCE else "load"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _require_reader(user):
    if not may_read(user):
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

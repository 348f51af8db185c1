"""How current the profiles are: for the advocacy team and leaders all, for a CSM the own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from advocacy.exports import csv_lines
from advocacy.freshness_list import AT_ONCE, COLUMNS, may_read, row
from advocacy.jobs.pages import begun
from advocacy.profile_checks.report import LABELS, Chosen, people_of, report_for, whole_list


@require_GET
@login_required
def freshness_report(request):
    _require_reader(request.user)
    now = timezone.now()
    chosen = Chosen.read(request.GET)
    report = report_for(request.user, chosen, now)
    context = {
        "report": report,
        "is_long": report.numbers.get(chosen.listed, 0) > AT_ONCE,
        "people": people_of(request.user, chosen, now),
        "chosen": chosen,
        "lists": LABELS,
        "may_check": request.user.has_perm("advocacy.keep_profiles"),
    }
    return render(request, "advocacy/freshness_report.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def freshness_csv(request):
    """The work list as it is chosen on the page, at most `AT_ONCE`; by POST the whole of it, in the background."""
    _require_reader(request.user)
    if request.method == "POST":
        query = request.GET.urlencode()
        back = f"{reverse('freshness')}?{query}"
        return begun(request, kind="freshness_list", params={"query": query}, title=_("List of profiles to check"), back=back)
    total, lines = whole_list(request.user, Chosen.read(request.GET), timezone.now(), most=AT_ONCE)
    response = StreamingHttpResponse(csv_lines(COLUMNS, map(row, lines)), content_type="text/csv; charset=utf-8")
    name = f"freshness-first-{AT_ONCE}" if total == AT_ONCE else "freshness"
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _require_reader(user):
    if not may_read(user):
        raise PermissionDenied

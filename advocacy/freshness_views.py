"""How current the profiles are: for the advocacy team and leaders all, for a CSM the own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from advocacy.exports import csv_lines
from advocacy.freshness_list import AT_ONCE, COLUMNS, may_read, row
from advocacy.jobs.starting import start
from advocacy.profile_checks.report import LABELS, Chosen, people_of, report_for


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
    """The work list as it is chosen on the page; by POST made in the background, because it is long."""
    _require_reader(request.user)
    if request.method == "POST":
        params = {"query": request.GET.urlencode()}
        title = _("List of profiles to check")
        return redirect(start(kind="freshness_list", params=params, title=title, by=request.user, now=timezone.now()))
    people = people_of(request.user, Chosen.read(request.GET), timezone.now(), every=True)
    response = StreamingHttpResponse(csv_lines(COLUMNS, map(row, people.lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="freshness.csv"'
    return response


def _require_reader(user):
    if not may_read(user):
        raise PermissionDenied

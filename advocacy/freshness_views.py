"""How current the profiles are: for the advocacy team and leaders all, for a CSM the own."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from advocacy.exports import csv_lines
from advocacy.profile_checks.report import LABELS, Chosen, people_of, report_for

COLUMNS = ["advocate_id", "name", "account", "csm", "sections", "due_on", "leaves_search_on", "why"]


@require_GET
@login_required
def freshness_report(request):
    _require_reader(request.user)
    now = timezone.now()
    chosen = Chosen.read(request.GET)
    context = {
        "report": report_for(request.user, chosen, now),
        "people": people_of(request.user, chosen, now),
        "chosen": chosen,
        "lists": LABELS,
        "may_check": request.user.has_perm("advocacy.keep_profiles"),
    }
    return render(request, "advocacy/freshness_report.html", context)


@require_GET
@login_required
def freshness_csv(request):
    """The work list as it is chosen on the page."""
    _require_reader(request.user)
    people = people_of(request.user, Chosen.read(request.GET), timezone.now(), every=True)
    response = StreamingHttpResponse(csv_lines(COLUMNS, map(_row, people.lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="freshness.csv"'
    return response


def _row(line):
    account = line.advocate.account
    found = line.waiting
    return [
        line.advocate.pk,
        line.advocate.name,
        account.name if account else "",
        account.csm.name if account and account.csm else "",
        " ".join(found.sections),
        found.due_on.isoformat(),
        found.leaves_on.isoformat(),
        " ".join(line.doubts),
    ]


def _require_reader(user):
    if not (user.has_perm("advocacy.keep_profiles") or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied

"""What came of the conversations, for leaders and the team."""

from django.contrib.auth.decorators import login_required, permission_required
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from advocacy.exports import csv_lines
from references.models import ReferenceRequest
from references.outcomes import PERIODS, calls_held, lines_of, report_of, since_of

LABELS = {
    "90": gettext_lazy("Last 90 days"),
    "365": gettext_lazy("Last 12 months"),
    "all": gettext_lazy("Since the beginning"),
}


def _report(request, now):
    period = request.GET.get("period") if request.GET.get("period") in PERIODS else "365"
    requests = ReferenceRequest.objects.visible_to(request.user)
    report = report_of(calls_held(requests, since=since_of(period, now)))
    return period, report, lines_of(report, request.user, now)


@login_required
@permission_required("advocacy.view_reports", raise_exception=True)
@require_safe
def outcomes(request):
    period, report, lines = _report(request, timezone.now())
    context = {"report": report, "lines": lines, "period": period, "periods": LABELS}
    return render(request, "references/calls/outcomes.html", context)


@login_required
@permission_required("advocacy.view_reports", raise_exception=True)
@require_safe
def outcomes_csv(request):
    _period, _found, lines = _report(request, timezone.now())
    columns = [
        _("Advocate"), _("Conversations"), _("Deals used"), _("Deals influenced"), _("Deals influenced and won"),
        _("Amount used"), _("Amount influenced"), _("Amount influenced and won"),
    ]  # fmt: skip
    rows = ([line.label, *_numbers(line.figures)] for line in lines)
    headers = {"Content-Disposition": 'attachment; filename="outcomes.csv"'}
    return StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8", headers=headers)


def _numbers(figures):
    shares = (figures.used, figures.influenced, figures.won)
    amounts = (figures.used_amount, figures.influenced_amount, figures.won_amount)
    return [figures.calls, *(round(share, 2) for share in shares), *(round(amount, 2) for amount in amounts)]

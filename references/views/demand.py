from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from advocacy.exceptions import RuleBroken
from advocacy.exports import csv_lines
from advocacy.models import Opportunity
from references import services
from references.demand import DIMENSIONS, MOST, chosen, coverage
from references.demand.coverage import current_rules
from references.demand.needs import lost_deals
from references.forms.demand import RulesForm
from references.models import UnmetNeed

SHOWN = 200
DRAWN = 15
PER_PAGE = 50


def require_reader(user):
    """The team and leaders."""
    if not (user.runs_program or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied


@login_required
@require_GET
def coverage_page(request):
    """Open pipeline against advocates, the biggest uncovered first; beside it the formula with its inputs."""
    require_reader(request.user)
    now = timezone.now()
    dimensions = chosen(request.GET.getlist("by"))
    cells = coverage(dimensions, request.user, now)
    shown = cells[:SHOWN]
    context = {
        "dimensions": dimensions,
        "all_dimensions": DIMENSIONS.values(),
        "most": MOST,
        "lacking": [cell for cell in shown if not cell.is_covered],
        "covered": [cell for cell in shown if cell.is_covered],
        "hidden": max(0, len(cells) - SHOWN),
        "drawn": _drawn(cells),
        "rules": current_rules(),
        "rules_form": RulesForm() if request.user.runs_program else None,
        "lost": lost_deals(request.user),
        "without_account": Opportunity.objects.visible_to(request.user).open().filter(account=None).count(),
        "open_needs": UnmetNeed.objects.visible_to(request.user).open().count(),
        "query": request.GET.urlencode(),
    }
    return render(request, "references/demand/coverage.html", context)


def _drawn(cells):
    """The biggest cells with the widths of their covered and uncovered pipeline, the longest bar 100."""
    cells = sorted((cell for cell in cells if cell.all_pipeline), key=lambda cell: (-cell.uncovered, -cell.all_pipeline))[:DRAWN]
    most = max((cell.all_pipeline for cell in cells), default=0)
    return [
        (cell, round(float(100 * (cell.all_pipeline - cell.uncovered) / most), 1), round(float(100 * cell.uncovered / most), 1))
        for cell in cells
    ]


@login_required
@require_GET
def coverage_csv(request):
    require_reader(request.user)
    dimensions = chosen(request.GET.getlist("by"))
    numbers = ["deals", "pipeline", "expected_deals", "expected_pipeline", "unmet", "free", "resting", "stale"]
    numbers += ["needed", "there", "missing", "uncovered"]
    cells = coverage(dimensions, request.user, timezone.now())
    rows = ([*cell.labels, *(getattr(cell, number) for number in numbers)] for cell in cells)
    columns = [dimension.name for dimension in dimensions] + numbers
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demand_rules(request):
    """The inputs of the formula, by the advocacy team; who comes back here after signing in again reads the page itself."""
    if request.method != "POST":
        return redirect("coverage")
    if not request.user.runs_program:
        raise PermissionDenied
    form = RulesForm(request.POST)
    if form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("Saved. The numbers below follow."))
    else:
        messages.warning(request, _("Not saved: %(why)s") % {"why": " ".join(form.complaints())})
    query = QueryDict(mutable=True)
    query.setlist("by", [dimension.name for dimension in chosen(request.POST.getlist("by"))])
    return redirect(f"{reverse('coverage')}?{query.urlencode()}")


@login_required
@require_GET
def needs(request):
    """What people looked or asked for in vain: all of it for the team, one's own for the rest."""
    rows = UnmetNeed.objects.visible_to(request.user).for_list()
    state = request.GET.get("state") if request.GET.get("state") in UnmetNeed.State.values else "open"
    page = Paginator(rows.filter(state=state), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": UnmetNeed.State.choices, "lost": lost_deals(request.user)}
    return render(request, "references/demand/needs.html", context)


@login_required
@require_POST
def need_step(request, pk, step):
    """Settle a need (the team), or say why the deal was lost (whoever looked, and the team)."""
    need = get_object_or_404(UnmetNeed.objects.visible_to(request.user).select_related("opportunity"), pk=pk)
    if not (request.user.runs_program or (step in LOST and need.user_id == request.user.pk)):
        raise PermissionDenied
    try:
        if step in LOST:
            services.say_why_lost(need=need, lost_for_want=LOST[step])
        elif step in UnmetNeed.State.values:
            services.settle_need(need=need, state=step, by=request.user, now=timezone.now())
        else:
            raise Http404
        messages.success(request, _("Written down."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("needs")


LOST = {"lost-for-want": True, "lost-otherwise": False}

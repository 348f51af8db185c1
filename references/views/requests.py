from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from advocacy.working_time import day_of
from references.models import Candidate, ReferenceRequest
from references.permissions import get_request_to_see
from references.request_page import page_of
from references.search.facets import number
from references.sight import sight_of

PER_PAGE = 20
OFFERED = 10
OPEN = [status for status, moves in ReferenceRequest.TRANSITIONS.items() if moves]
# Two kinds of status, then each by itself.
STATUSES = {"current": gettext_lazy("Not over yet"), "ended": gettext_lazy("Over")} | dict(ReferenceRequest.Status.choices)
VIEWS = {"mine": gettext_lazy("Mine"), "waiting": gettext_lazy("Waiting for me"), "all": gettext_lazy("All I may see")}


@login_required
@require_GET
def requests(request):
    user = request.user
    _require_requests(user)
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else _first_view(user)
    status = request.GET.get("status") if request.GET.get("status") in STATUSES else "current"
    page = Paginator(_listed(user, view, status), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    _tell_rows(page, user, now)
    context = {"page": page, "view": view, "views": VIEWS, "status": status, "statuses": STATUSES, "now": now}
    return render(request, "references/requests.html", context)


@login_required
@require_GET
def board(request):
    """What waits for whom, the longest overdue first."""
    user, now = request.user, timezone.now()
    _require_requests(user)
    visible = ReferenceRequest.objects.visible_to(user)
    holders = list(visible.by_holder(now))
    chosen = request.GET.get("holder", "")
    found = _with_people(visible.under_way()).longest_due_first()
    if chosen == "team":
        found = found.filter(holder__isnull=True)
    elif number(chosen) is not None:
        found = found.filter(holder=number(chosen))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    _tell_rows(page, user, now)
    context = {"page": page, "holders": holders, "chosen": chosen, "late": sum(row["late"] for row in holders), "now": now}
    return render(request, "references/board.html", context)


def _require_requests(user):
    if not (user.has_perm("references.request_references") or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied


def _tell_rows(page, user, now):
    for row in page:
        row.label = _label_of(row, user, now)
        row.is_late = row.due_at is not None and row.due_at <= now


def _first_view(user):
    if ReferenceRequest.objects.waiting_for(user).exists():
        return "waiting"
    return "mine" if user.has_perm("references.request_references") else "all"


def _listed(user, view, status):
    found = ReferenceRequest.objects.visible_to(user)
    if view == "mine":
        found = found.filter(requester=user)
    elif view == "waiting":
        found = found.waiting_for(user)
    if status == "ended":
        found = found.exclude(status__in=OPEN)
    else:
        found = found.filter(status__in=OPEN if status == "current" else [status])
    if status == "current":
        found = found.longest_due_first()
    return _with_people(found)


def _with_people(found):
    candidates = Candidate.objects.put_forward().select_related("advocate__account__industry", "advocate__search_row")
    return found.select_related("requester", "holder", "activity_type", "opportunity").prefetch_related(
        Prefetch("candidates", candidates, to_attr="put_forward")
    )


def _label_of(row, user, now):
    if not row.put_forward:
        return ""
    advocate = row.put_forward[0].advocate
    return sight_of(user, advocate, advocate.search_row, day_of(now)).describe(advocate)


@login_required
@require_GET
def request_page(request, pk):
    now = timezone.now()
    page = page_of(get_request_to_see(request.user, pk), request.user, now)
    return render(request, "references/request.html", {"page": page, "request_shown": page.request, "now": now})

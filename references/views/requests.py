from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from advocacy.models import Advocate, Opportunity
from advocacy.working_time import day_of
from references.forms import RequestForm, opportunities_like, opportunity_label
from references.models import Candidate, ReferenceRequest
from references.permissions import get_request_to_see
from references.request_page import page_of
from references.search import Search
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
    if not (user.has_perm("references.request_references") or user.has_perm("advocacy.view_reports")):
        raise PermissionDenied
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else _first_view(user)
    status = request.GET.get("status") if request.GET.get("status") in STATUSES else "current"
    page = Paginator(_listed(user, view, status), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    for row in page:
        row.label = _label_of(row, user, now)
    context = {"page": page, "view": view, "views": VIEWS, "status": status, "statuses": STATUSES, "now": now}
    return render(request, "references/requests.html", context)


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
@permission_required("references.request_references", raise_exception=True)
def new(request):
    """A form of a minute; what it asks for comes with the address."""
    now = timezone.now()
    advocate = _advocate_asked_for(request)
    form = RequestForm(
        request.POST or None,
        user=request.user,
        now=now,
        advocate=advocate,
        wanted=Search.from_query(request.GET).as_dict(),
        initial=_initial(request),
    )
    if request.method == "POST" and form.is_valid() and (made := form.send()):
        messages.success(
            request, _("Sent. The CSM has been asked.") if advocate else _("Sent. The advocacy team looks for somebody.")
        )
        return redirect(made)
    label = sight_of(request.user, advocate, advocate.search_row, day_of(now)).describe(advocate) if advocate else ""
    return render(request, "references/request_new.html", {"form": form, "advocate": advocate, "label": label})


def _advocate_asked_for(request):
    pk = number(request.GET.get("advocate"))
    if pk is None:
        return None
    visible = Advocate.objects.visible_to(request.user).select_related("account__industry", "search_row")
    return get_object_or_404(visible, pk=pk)


def _initial(request):
    """From the deal, from the activity searched for, or from an earlier request that ended without anybody."""
    if again := number(request.GET.get("again")):
        before = ReferenceRequest.objects.filter(requester=request.user, pk=again).select_related("opportunity").first()
        if before:
            fields = ["activity_type", "format", "wants_to_hear", "prospect_name", "prospect_title", "prospect_email"]
            initial = {name: getattr(before, name) for name in fields}
            return initial | {"opportunity": opportunity_label(before.opportunity) if before.opportunity else ""}
    search = Search.from_query(request.GET)
    field = ReferenceRequest._meta.get_field("activity_type")
    initial = {"activity_type": field.related_model.objects.filter(code=search.activity).first()}
    wanted = request.GET.get("opportunity", "").replace("\x00", "")[:100]
    opportunity = wanted and Opportunity.objects.visible_to(request.user).filter(external_id=wanted).first()
    return initial | ({"opportunity": opportunity_label(opportunity)} if opportunity else {})


@login_required
@permission_required("references.request_references", raise_exception=True)
@require_GET
def opportunities(request):
    """The choices below the field for the deal, as htmx asks while somebody types."""
    text = request.GET.get("opportunity", "").replace("\x00", "").strip()
    found = opportunities_like(request.user, text)[:OFFERED] if len(text) > 1 else []
    choices = [{"value": opportunity_label(opportunity), "account": opportunity.account} for opportunity in found]
    return render(request, "references/_opportunities.html", {"choices": choices})


@login_required
@require_GET
def request_page(request, pk):
    now = timezone.now()
    page = page_of(get_request_to_see(request.user, pk), request.user, now)
    return render(request, "references/request.html", {"page": page, "request_shown": page.request, "now": now})

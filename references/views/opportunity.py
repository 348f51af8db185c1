from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from references.for_deal import suggestions_for
from references.forms.deal import DealForm
from references.models import ReferenceRequest
from references.permissions import searchers_only
from references.sought import for_opportunity
from references.views.shared import activity_asked_for, deal_asked_for


@login_required
@searchers_only
@require_GET
def for_deal(request):
    """Who fits one deal; a button in the CRM opens it with the deal's id."""
    now = timezone.now()
    deal = deal_asked_for(request)
    if deal is None:
        return render(request, "references/deal_unknown.html", {"wanted": request.GET.get("opportunity", "")[:100]}, status=404)
    form = DealForm(
        request.GET, sought=for_opportunity(deal, level=_level_of(deal, request.user)), activity=activity_asked_for(request)
    )
    sought, activity = form.as_sought(), form.activity_type
    found = suggestions_for(sought, request.user, activity, now)
    context = {
        "deal": deal,
        "form": form,
        "sought": sought,
        "activity": activity,
        "found": found,
        "search_query": _search_for(deal, sought, activity),
        "ask_query": _ask_for(deal, sought, activity),
        "opportunity_id": deal.external_id,
        "now": now,
    }
    return render(request, "references/for_deal.html", context)


def _level_of(deal, user):
    """As somebody wrote it in the last request for this deal."""
    requests = ReferenceRequest.objects.visible_to(user).filter(opportunity=deal).exclude(prospect_level="")
    return requests.values_list("prospect_level", flat=True).first() or ""


def _search_for(deal, sought, activity):
    """The search page with the same facts as facets."""
    query = QueryDict(mutable=True)
    for facet, values in sought.values().items():
        query.setlist(facet, sorted(values))
    query["activity"] = activity.code
    query["opportunity"] = deal.external_id
    return query.urlencode()


def _ask_for(deal, sought, activity):
    query = QueryDict(mutable=True)
    query.update({"opportunity": deal.external_id, "activity": activity.code, "prospect_level": next(iter(sought.levels), "")})
    return query.urlencode()

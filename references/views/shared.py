from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from advocacy.models import ActivityType, Opportunity, User
from references.exports import AT_MOST
from references.search import Search
from references.search.whole import activity_of


def activity_asked_for(request) -> ActivityType:
    """The activity in the address, else the reference call."""
    return activity_of(Search.from_query(request.GET))


def page_before(request, otherwise: str) -> str:
    """Where the form stood; only an address of our own."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else otherwise


def deal_asked_for(request) -> Opportunity | None:
    """The deal in the address, if there is one this reader may see."""
    return deal_called(Search.from_query(request.GET).opportunity, request.user)


def deal_called(external_id: str, user: User) -> Opportunity | None:
    if not external_id:
        return None
    deals = Opportunity.objects.visible_to(user).select_related("account__industry", "industry", "owner")
    return deals.filter(external_id=external_id).first()


def around(request, search: Search) -> dict:
    """What stands around the results: the deal looked for, and the search as it can be kept and shared."""
    query = search.by_itself().as_query_string()
    return {
        "deal": deal_called(search.opportunity, request.user),
        "opportunity_id": search.opportunity,
        "kept_query": query,
        "share_url": request.build_absolute_uri(f"{reverse('advocates')}?{query}"),
        "export_at_most": AT_MOST,
    }

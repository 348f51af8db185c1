from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import push_url

from advocacy.models import ActivityType
from advocacy.working_time import day_of
from references import services
from references.metrics import SEARCH_SECONDS
from references.permissions import get_request_to_work_on, searchers_only
from references.search import FACETS, Search, cards_for
from references.search.answer import Answer, answer
from references.search.choices import chips, group_of, groups, offers
from references.search.query import ORDERS, TEXT_LENGTH
from references.search.whole import activity_of
from references.views.shared import around, deal_called

SOUGHT_LENGTH = 50


@SEARCH_SECONDS.time()
@login_required
@searchers_only
@require_GET
def advocates(request):
    """The search page; htmx asks for its lower part only, or for the values of one facet."""
    search = Search.from_query(request.GET)
    if search.opportunity and search.is_blank and not request.htmx:
        return redirect(f"{reverse('advocates-for-deal')}?{search.as_query_string()}")
    only_part = request.htmx and not request.htmx.history_restore_request
    now = timezone.now()
    activities = list(ActivityType.objects.all())
    activity = activity_of(search, activities)
    found = answer(search, request.user, activity, now)
    sought = _sought(request.GET)
    if only_part and (name := (request.htmx.target or "").removeprefix("values-")) in FACETS:
        return render(request, "references/_facet_values.html", {"group": group_of(found, name, sought.get(name, ""))})
    context = _context(request, search, found, activity, now) | {"activities": activities, "groups": groups(found, sought)}
    if found.is_in_vain and not request.htmx:
        _keep(request.user, found, activity, now)
    response = render(request, "references/_found.html" if only_part else "references/advocates.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return push_url(response, f"{request.path}?{search.as_query_string()}") if only_part else response


def _sought(query):
    """What is typed into the search inside each facet."""
    typed = {name: query.get(f"find_{name}", "").replace("\x00", "").strip()[:SOUGHT_LENGTH] for name in FACETS}
    return {name: text for name, text in typed.items() if text}


def _context(request, typed: Search, found: Answer, activity, now):
    asked = found.reading.asked
    cards = cards_for(found.found, found.reading.search, request.user, activity, now)
    return {
        "search": asked,
        "typed": typed.text,
        "is_cut": len(" ".join(request.GET.get("q", "").split())) > TEXT_LENGTH,
        "answer": found,
        "found": found.found,
        "cards": cards,
        "activity": activity,
        "chips": chips(found),
        "offers": offers(found, request.user, activity, now),
        "orders": [(name, label, asked.ordered(name).as_query_string()) for name, label in ORDERS.items()],
        "ask_query": found.reading.search.from_the_start().as_query_string(),
        "kept_need": asked.from_the_start().as_query_string(),
        "now": now,
        **_addresses(request.user, asked, now),
        **_pages(asked, found.found),
        **around(request, asked),
    }


def _addresses(user, asked, now):
    """Made once, not for each of many links."""
    for_request = asked.request and get_request_to_work_on(user, asked.request, day_of(now))
    return {
        "search_url": reverse("advocates"),
        "ask_url": reverse("request-new"),
        "may_ask": user.has_perm("references.request_references"),
        "for_request": for_request,
        "propose_url": for_request and reverse("request-propose", args=[for_request.pk]),
    }


def _pages(asked, found):
    """The addresses of the pages before and after this one."""
    before = replace(asked, before=found.previous, after="") if found.previous else None
    after = replace(asked, after=found.next, before="") if found.next else None
    return {"earlier": before and before.as_query_string(), "later": after and after.as_query_string()}


# What was looked for in vain ------------------------------------------------------------------


@login_required
@searchers_only
@require_POST
def ask_team(request):
    """One press below the results: the advocacy team is told what was looked for."""
    found, activity, now = _answered_again(request)
    need = _keep(request.user, found, activity, now)
    services.ask_team(need=need)
    return redirect("need", need.pk)


@login_required
@searchers_only
@require_POST
def looked_in_vain(request):
    """Somebody who typed by and by has stayed on an empty result: not a half-typed word any more."""
    found, activity, now = _answered_again(request)
    if found.is_in_vain:
        _keep(request.user, found, activity, now)
    return HttpResponse(status=204)


def _answered_again(request):
    search = Search.from_query(QueryDict(request.POST.get("query", "")))
    activity, now = activity_of(search), timezone.now()
    return answer(search, request.user, activity, now), activity, now


def _keep(user, found: Answer, activity, now):
    deal = deal_called(found.reading.asked.opportunity, user)
    return services.record_need(user=user, activity_type=activity, opportunity=deal, now=now, **found.need())

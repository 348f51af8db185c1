from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import ActivityType
from references.permissions import get_request_to_work_on, may_search
from references.search import FACETS, Search, cards_for, find
from references.search.statement import PER_PAGE
from references.views.shared import around

SHOWN_VALUES = 8


@login_required
@require_GET
def advocates(request):
    """The search page; htmx asks for its lower part only."""
    if not may_search(request.user):
        raise PermissionDenied
    now = timezone.now()
    search = Search.from_query(request.GET)
    if search.opportunity and search.is_blank and not request.htmx:
        return redirect(f"{reverse('advocates-for-deal')}?{search.as_query_string()}")
    activities = list(ActivityType.objects.all())
    by_code = {activity.code: activity for activity in activities}
    activity = by_code.get(search.activity) or by_code[REFERENCE_CALL]
    found = find(search, request.user, activity, now)
    context = {
        "search": search,
        "found": found,
        "cards": cards_for(found, search, request.user, activity, now),
        "activity": activity,
        "activities": activities,
        "groups": groups(search, found),
        "chips": chips(search, found),
        "relaxed": relaxed(search, found, request.user, activity, now),
        "page": Paginator(range(found.total), PER_PAGE).page(found.page),
        "for_request": search.request and get_request_to_work_on(request.user, search.request, timezone.localdate(now)),
        "now": now,
    }
    context |= around(request, search, context["cards"])
    only_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "references/_found.html" if only_part else "references/advocates.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return push_url(response, f"{request.path}?{search.as_query_string()}") if only_part else response


def groups(search, found):
    """The facets with their values: the first few, and the rest behind a fold."""
    for name, facet in FACETS.items():
        selected = search.values.get(name, ())
        values = [{"count": count, "is_selected": count.value in selected} for count in found.counts[name]]
        values.sort(key=lambda value: not value["is_selected"])
        if values:
            yield {"facet": facet, "first": values[:SHOWN_VALUES], "rest": values[SHOWN_VALUES:]}


def chips(search, found):
    """What is chosen, each with the address of the search without it."""
    chosen = [(search.without("text"), f"“{search.text}”")] if search.text else []
    for name, values in search.selected:
        labels = {count.value: count.label for count in found.counts[name]}
        chosen += [(search.toggled(name, value), f"{FACETS[name].label}: {labels[value]}") for value in values if value in labels]
    if search.free:
        chosen.append((search.without("free"), _("Free now")))
    return [{"label": label, "query": without.as_query_string()} for without, label in chosen]


def relaxed(search, found, user, activity, now):
    """Where nothing is found: which choice to give up, and how many that would give; the most first."""
    if found.total:
        return []
    names = [name for name, _values in search.selected] + (["free"] if search.free else [])
    offers = [
        (FACETS[name].label if name in FACETS else _("Free now"), found.without[name], search.without(name)) for name in names
    ]
    if search.text:
        # The words are not marked row by row like the facets: what they cost is a search of its own, made only here.
        wordless = search.without("text")
        offers.append((f"“{search.text}”", find(wordless, user, activity, now).total, wordless))
    offers = [{"label": label, "number": number, "query": to.as_query_string()} for label, number, to in offers if number]
    return sorted(offers, key=lambda offer: -offer["number"])

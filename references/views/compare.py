from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from references.comparing import comparison_of
from references.glance import favourites_among, glances_of
from references.permissions import searchers_only
from references.search.facets import number
from references.views.shared import activity_asked_for, deal_asked_for

AT_MOST = 4


@login_required
@searchers_only
@require_GET
def compare(request):
    """Up to four side by side; the address holds who they are, so that it can be shared."""
    now = timezone.now()
    activity, deal = activity_asked_for(request), deal_asked_for(request)
    chosen = list(dict.fromkeys(pk for pk in map(number, request.GET.getlist("pk")) if pk))
    if len(chosen) > AT_MOST:
        messages.warning(request, _("Four can be compared at once. These are the first four; take one out to add another."))
    chosen = chosen[:AT_MOST]
    people = glances_of(chosen, request.user, activity, now)
    if len(people) < len(chosen):
        messages.info(request, _("Not everybody you chose can be seen at present."))
    context = {
        "columns": _columns(request, people),
        "free": [person.pk for person in people if person.availability.is_free],
        "lines": comparison_of(people, request.user, activity, deal, now),
        "activity": activity,
        "deal": deal,
        "now": now,
    }
    return render(request, "references/compare.html", context)


def _columns(request, people):
    kept = favourites_among(request.user, [person.pk for person in people])
    return [{"person": one, "is_kept": one.pk in kept, "without": _without(request, people, one)} for one in people]


def _without(request, people, one):
    """The same address without one of them."""
    query = request.GET.copy()
    query.setlist("pk", [person.pk for person in people if person is not one])
    return query.urlencode()

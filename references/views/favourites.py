from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from advocacy.models import Advocate
from advocacy.permissions import get_advocate_to_see
from references.buttons import star
from references.glance import glances_of
from references.models import Favourite
from references.permissions import searchers_only
from references.services.favourites import set_favourite
from references.views.shared import activity_asked_for, page_before

PER_PAGE = 20


@login_required
@searchers_only
@require_GET
def favourites(request):
    """Those the reader may still see, the last kept first."""
    now = timezone.now()
    activity = activity_asked_for(request)
    kept = Favourite.objects.visible_to(request.user).filter(advocate__in=Advocate.objects.visible_to(request.user))
    page = Paginator(kept.values_list("advocate", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "people": glances_of(page.object_list, request.user, activity, now),
        "favourites": set(page.object_list),
        "activity": activity,
        "now": now,
    }
    return render(request, "references/favourites.html", context)


@login_required
@searchers_only
@require_POST
def favourite(request, pk):
    """The star. It says what is wanted, not "the other one", so that a double click keeps what one click did."""
    advocate = get_advocate_to_see(request.user, pk)
    keep = request.POST.get("keep") == "1"
    set_favourite(user=request.user, advocate=advocate, keep=keep)
    return HttpResponse(star(pk, keep)) if request.htmx else redirect(page_before(request, advocate.get_absolute_url()))

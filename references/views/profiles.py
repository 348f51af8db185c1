from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from advocacy.freshness import INTERVALS
from advocacy.models import Advocate, Verification
from advocacy.permissions import get_advocate_to_change, get_advocate_to_see
from advocacy.services import verify_section
from references.forms import ProfileForm
from references.glance import favourites_among
from references.permissions import may_search
from references.profile import profile_of


@login_required
@require_GET
def advocate(request, pk):
    if not may_search(request.user):
        raise PermissionDenied
    now = timezone.now()
    profile = profile_of(get_advocate_to_see(request.user, pk), request.user, now)
    is_favourite = pk in favourites_among(request.user, [pk])
    return render(request, "references/advocate.html", {"profile": profile, "is_favourite": is_favourite, "now": now})


@login_required
def edit(request, pk):
    """The CSM keeps the profile current."""
    advocate = _to_change(request, pk)
    form = ProfileForm(request.POST or None, instance=advocate)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Role and willingness count as checked today."))
        return redirect("advocate", pk)
    return render(request, "references/advocate_edit.html", {"form": form, "advocate": Advocate.objects.get(pk=pk)})


@login_required
@require_POST
def still_right(request, pk):
    """One press: this section is still right."""
    advocate = _to_change(request, pk)
    section = request.POST.get("section")
    if section in INTERVALS:
        is_csm = bool(advocate.account and advocate.account.csm_id == request.user.pk)
        method = Verification.Method.CSM if is_csm else Verification.Method.TEAM
        verify_section(advocate=advocate, section=section, method=method, by=request.user, now=timezone.now())
        messages.success(request, _("Noted: still right today."))
    return redirect("advocate", pk)


def _to_change(request, pk):
    if not may_search(request.user):
        raise PermissionDenied
    return get_advocate_to_change(request.user, pk)

"""Profiles that may be one person: side by side, and a decision that is never asked for again."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from advocacy import services
from advocacy.exceptions import RuleBroken
from advocacy.models import Advocate, PersonMatch
from advocacy.person_likeness import REASONS
from advocacy.recruiting.forms import SameForm
from portal.merging import join_profiles

PER_PAGE = 25
runs_program = permission_required("advocacy.run_program", raise_exception=True)


@dataclass(frozen=True)
class Side:
    """One of the two, with what hangs on it."""

    advocate: Advocate
    counted: list[tuple[str, int]]


@require_safe
@login_required
@runs_program
def person_matches(request):
    pairs = PersonMatch.objects.visible_to(request.user).open().select_related("advocate__account", "other__account")
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(pair, reasons_of(pair)) for pair in page]
    return render(request, "portal/matches/list.html", {"rows": rows, "page": page})


@require_safe
@login_required
@runs_program
def person_match(request, pk):
    match = _get(request.user, pk)
    return _page(request, match, SameForm(match=match))


@require_POST
@login_required
@runs_program
def same_person(request, pk):
    match = _get(request.user, pk)
    form = SameForm(request.POST, match=match)
    if not form.is_valid():
        return _page(request, match, form)
    try:
        kept = join_profiles(match=match, works_at_other=form.works_at_other, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
        return _page(request, match, form)
    messages.success(request, _("One profile now. The other one stays readable and leads here."))
    return redirect(kept)


@require_POST
@login_required
@runs_program
def different_people(request, pk):
    match = _get(request.user, pk)
    try:
        services.keep_apart(match=match, by=request.user, now=timezone.now())
        messages.success(request, _("Two people. You are not asked about them again."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("person-matches")


def reasons_of(match):
    return [REASONS[code] for code in match.reasons if code in REASONS]


def _get(user, pk):
    pairs = PersonMatch.objects.visible_to(user).select_related("advocate__account__csm", "other__account__csm", "decided_by")
    return get_object_or_404(pairs, pk=pk)


def _page(request, match, form):
    context = {"match": match, "sides": sides_of(match), "reasons": reasons_of(match), "form": form}
    return render(request, "portal/matches/pair.html", context)


COUNTED = {
    "asks": gettext_lazy("Asks"),
    "stories": gettext_lazy("Stories"),
    "consents": gettext_lazy("Consents"),
    "nominations": gettext_lazy("Nominations"),
    "candidacies": gettext_lazy("Times put forward for a request"),
    "recognitions": gettext_lazy("Recognition"),
}


def sides_of(match):
    counts = Advocate.objects.filter(pk__in=[match.advocate_id, match.other_id])
    found = {}
    for relation in COUNTED:
        for pk, number in counts.order_by().values_list("pk").annotate(Count(relation)):
            found[pk, relation] = number
    return [
        Side(person, [(label, found[person.pk, relation]) for relation, label in COUNTED.items() if found[person.pk, relation]])
        for person in (match.advocate, match.other)
    ]

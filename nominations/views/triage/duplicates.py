from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.text import row_number
from nominations.models import DuplicateReview, Nomination
from nominations.permissions import get_program_to_triage
from nominations.services.duplicates import join, keep_apart, undo_review
from nominations.triage.likeness import REASONS, likely_pairs

PER_PAGE = 10
DECIDED = 20


@login_required
def duplicates(request, slug):
    """Likely duplicates side by side, and what was decided, each with its way back."""
    program = get_program_to_triage(request.user, slug)
    if request.method == "POST":
        _decide(request, program)
        return redirect("triage-duplicates", slug)
    now = timezone.now()
    page = Paginator(list(likely_pairs(program).items()), PER_PAGE).get_page(request.GET.get("page"))
    decided = DuplicateReview.objects.filter(first__program=program, undone_at=None)
    people = ["first__account", "first__nominee", "second__account", "second__nominee", "kept__account", "kept__nominee"]
    return render(
        request,
        "nominations/triage/duplicates.html",
        {
            "program": program,
            "page": page,
            "pairs": _read(page.object_list),
            "decided": decided.select_related("decided_by", *people)[:DECIDED],
            "may_join": now < program.judging_opens_at,
        },
    )


def _read(found):
    pks = {pk for pair, _codes in found for pk in pair}
    rows = Nomination.objects.filter(pk__in=pks).for_list().select_related("account__csm").in_bulk()
    return [{"sides": [rows[pk] for pk in pair], "reasons": [REASONS[code] for code in codes]} for pair, codes in found]


def _decide(request, program):
    first, second = (_posted(request, program, name) for name in ("first", "second"))
    facts = {"by": request.user, "now": timezone.now()}
    try:
        if request.POST.get("keep"):
            kept, other = (first, second) if request.POST["keep"] == str(first.pk) else (second, first)
            join(kept=kept, other=other, **facts)
            messages.success(request, _("Joined: %(kept)s goes on. You can undo this below.") % {"kept": kept})
        else:
            keep_apart(first=first, second=second, **facts)
            messages.success(request, _("Kept apart. You can undo this below."))
    except RuleBroken as error:
        messages.warning(request, str(error))


def _posted(request, program, name):
    return get_object_or_404(Nomination, program=program, pk=row_number(request.POST.get(name, "")))


@require_POST
@login_required
def undo(request, slug, pk):
    program = get_program_to_triage(request.user, slug)
    review = get_object_or_404(DuplicateReview.objects.filter(first__program=program), pk=pk)
    try:
        undo_review(review=review, by=request.user, now=timezone.now())
        messages.success(request, _("Undone: both are as they were."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("triage-duplicates", slug)

"""What to talk about: where judges disagree, equals for the chair, and strong stories that were not selected."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advocacy.exceptions import RuleBroken
from awards import disputes, permissions, standings, strong
from awards.forms import TieForm
from awards.models import TieDecision
from awards.services.ties import ties_for_the_chair

ROWS = 25


@require_safe
@login_required
def discuss(request, slug):
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    found = disputes.of(standings.orders_of(program))
    page = Paginator(found, ROWS).get_page(request.GET.get("page", 1))
    lines = disputes.full_lines(program, list(page.object_list))
    return render(request, "awards/talks/discuss.html", {"program": program, "page": page, "lines": lines})


@require_safe
@login_required
def strong_stories(request, slug):
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    found = strong.not_selected(standings.orders_of(program))
    page = Paginator(found, ROWS).get_page(request.GET.get("page", 1))
    context = {
        "program": program,
        "page": page,
        "lines": strong.full_lines(program, list(page.object_list)),
        "least": strong.LEAST,
    }
    return render(request, "awards/talks/strong.html", context)


@login_required
def ties(request, slug):
    """The chair's page: every group of equals with a form of its own; the group is named by its first entry.

    A chair who judges may change their scores until the close: before it they see nobody else's here.
    """
    now = timezone.now()
    program = permissions.get_program_to_decide(request.user, slug, now)
    is_team, is_closed = request.user.has_perm("advocacy.run_program"), now > program.judging_closes_at
    forms = list(_forms(request, program)) if is_team or is_closed else []
    posted = next((form for form in forms if form.is_bound), None)
    if posted and posted.is_valid():
        try:
            posted.save(program=program, by=request.user, now=now)
        except RuleBroken as error:
            posted.add_error(None, str(error))
        else:
            messages.success(request, _("Kept. The order follows it."))
            return redirect("results-ties", slug)
    elif request.method == "POST" and not posted:
        messages.error(request, _("These are no equals any more. Look at the page again."))
        return redirect("results-ties", slug)
    context = {
        "program": program,
        "forms": forms,
        "is_team": is_team,
        "is_closed": is_closed,
    }
    return render(request, "awards/talks/ties.html", context)


def _forms(request, program):
    groups = [equals for _order, equals in ties_for_the_chair(program)]
    rows = iter(standings.rows_of([place for equals in groups for place in equals]))
    decisions = {one.entry_id: one for one in TieDecision.objects.filter(entry__category__program=program)}
    for equals in groups:
        group = [row for _place in equals if (row := next(rows))]
        name = str(group[0].entry.pk)
        yield TieForm(
            request.POST if request.method == "POST" and request.POST.get("group") == name else None,
            rows=group,
            prefix=name,
            is_chair=program.chair_id == request.user.pk,
            chair=program.chair,
            decisions=decisions,
        )

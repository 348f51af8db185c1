from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone

from nominations.forms.triage_work import TriageFilterForm
from nominations.models import Program
from nominations.permissions import get_program_to_triage, require_triage
from nominations.triage.board import columns, for_cards, nominations_to_triage, with_flags

PER_PAGE = 50
Phase = Program.Phase
# What needs looking through first.
TO_LOOK_AT = [Phase.OPEN, Phase.CLOSED, Phase.JUDGING, Phase.PLANNED, Phase.JUDGED, Phase.ANNOUNCED]


@login_required
def programs(request):
    require_triage(request.user)
    now = timezone.now()
    handed_in = Count("nominations", filter=Q(nominations__status="submitted"))
    drafts = Count("nominations", filter=Q(nominations__status="draft"))
    listed = Program.objects.visible_to(request.user).annotate(handed_in=handed_in, draft_count=drafts)
    rows = sorted(((program, program.phase(now)) for program in listed), key=lambda row: TO_LOOK_AT.index(row[1]))
    return render(request, "nominations/triage/programs.html", {"programs": rows})


@login_required
def board(request, slug):
    """The board; with `show=list` the same nominations as a table with filters."""
    program = get_program_to_triage(request.user, slug)
    now = timezone.now()
    context = {"program": program, "phase": program.phase(now), "now": now, "judging_opened": now >= program.judging_opens_at}
    if request.GET.get("show") == "list":
        return render(request, "nominations/triage/list.html", context | _rows(request, program, now))
    found = columns(program, now)
    return render(request, "nominations/triage/board.html", context | {"columns": found, "total": sum(c["count"] for c in found)})


def _rows(request, program, now):
    form = TriageFilterForm(request.GET, program=program)
    page = Paginator(for_cards(form.narrow(nominations_to_triage(program, now))), PER_PAGE).get_page(request.GET.get("page"))
    filtered = any(request.GET.get(name) for name in ("q", "need", "category"))
    return {"form": form, "page": page, "rows": with_flags(page.object_list, now), "filtered": filtered}

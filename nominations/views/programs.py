from django.shortcuts import render
from django.utils import timezone

from nominations.models import Program
from nominations.permissions import get_program
from nominations.public import words
from nominations.public.sharing import program_sharing

Phase = Program.Phase


def program_list(request):
    now = timezone.now()
    programs = [(program, program.phase(now)) for program in Program.objects.visible_to(request.user)]
    return render(
        request,
        "nominations/programs.html",
        {
            "open_programs": [program for program, phase in programs if phase == Phase.OPEN],
            "planned_programs": [program for program, phase in reversed(programs) if phase == Phase.PLANNED],
            "past_programs": [(program, phase) for program, phase in programs if phase not in (Phase.OPEN, Phase.PLANNED)],
        },
    )


def program(request, slug):
    shown = get_program(request.user, slug)
    now = timezone.now()
    prizes = list(shown.prize_list.select_related("category"))
    return render(
        request,
        "nominations/program.html",
        {
            "program": shown,
            "sharing": program_sharing(shown),
            "phase": shown.phase(now),
            "is_open": shown.takes_nominations(now),
            "categories": _with_prizes(shown.categories.all(), prizes),
            "prizes": [prize for prize in prizes if prize.category_id is None],
            "dates": words.dates(shown),
            "method": words.method(shown),
            "questions": shown.questions.all(),
            "team": shown.team.select_related("user"),
        },
    )


def _with_prizes(categories, prizes):
    return [(category, [prize for prize in prizes if prize.category_id == category.pk]) for category in categories]

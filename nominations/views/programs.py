from django.shortcuts import render
from django.utils import timezone

from nominations.models import Program
from nominations.permissions import get_program

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
    return render(
        request,
        "nominations/program.html",
        {
            "program": shown,
            "phase": shown.phase(now),
            "is_open": shown.takes_nominations(now),
            "categories": shown.categories.all(),
            "dates": _dates(shown),
        },
    )


def _dates(shown):
    names = ["opens_at", "closes_at", "judging_opens_at", "judging_closes_at", "announces_at"]
    return [(shown._meta.get_field(name).verbose_name, getattr(shown, name)) for name in names]

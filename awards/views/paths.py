"""What became of the winners: one picture, by program and season."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from awards import permissions
from awards.models import Winner
from awards.paths import median_days, paths_of, picture_of
from nominations.models import Program

# More rows are no picture any more; the program or the series narrows them.
ROWS = 60


@require_safe
@login_required
def paths(request):
    permissions.require_reports(request.user)
    programs = Program.objects.filter(announced_at__isnull=False)
    chosen = _chosen(programs, request.GET)
    winners = Winner.objects.announced(timezone.now()).for_list().filter(category__program__in=chosen)
    found = paths_of(winners.order_by("-category__program__announced_at", "category__position", "pk")[:ROWS])
    context = {
        "programs": programs,
        "series": sorted({program.series for program in programs if program.series}),
        "paths": found,
        "picture": picture_of(found),
        "median": median_days(found),
        "with_output": sum(path.first_output is not None for path in found),
        "is_full": len(found) == ROWS,
    }
    return render(request, "awards/paths.html", context)


def _chosen(programs, query):
    """One program by its address, the seasons of one series, or all of them."""
    if slug := query.get("program", ""):
        return programs.filter(slug=slug)
    if series := query.get("series", ""):
        return programs.filter(series=series)
    return programs

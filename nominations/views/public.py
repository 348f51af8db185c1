"""What a program sends out into the world: its picture, its paper, the call to action on other sites."""

from csp.decorators import csp_replace
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt

from nominations.permissions import get_program
from nominations.public.answers import MOMENT, OURS, answer_with
from nominations.public.paper import call_paper
from nominations.public.sharing import program_picture, program_sharing


def picture(request, slug):
    program = get_program(request.user, slug)
    return answer_with(request, program_picture(program, timezone.now()), "png", caching=_caching(program))


def paper(request, slug):
    program = get_program(request.user, slug)
    drawing = call_paper(
        program, program.prize_list.select_related("category"), program.categories.all(), program.questions.all()
    )
    return answer_with(request, drawing, "pdf", caching=_caching(program), filename=f"{program.slug}-call")


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request, slug):
    """The one page that others may frame: a link and nothing to click away, no cookie, nobody's data."""
    program = get_program(request.user, slug)
    now = timezone.now()
    return render(
        request,
        "nominations/embed.html",
        {
            "program": program,
            "sharing": program_sharing(program),
            "phase": program.phase(now),
            "is_open": program.takes_nominations(now),
        },
    )


def _caching(program):
    return MOMENT if program.is_public else OURS

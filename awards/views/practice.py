"""One invented nomination before the first real one, scored and then compared with ours. Nothing of it is kept."""

from django.shortcuts import redirect, render
from django.utils import timezone

from awards import practice, services
from awards.forms import AnswersForm
from awards.permissions import get_appointment_at
from awards.questions import STORY_EVIDENCE, by_criterion
from awards.rubric import components_for
from awards.services.scores import components_of
from awards.views.entrances import for_guests, for_staff


def _practice(request, seat, slug):
    judge = get_appointment_at(seat, slug)
    components = practice.components_with_example(_components(judge))
    if request.method != "POST":
        return _page(request, seat, judge, AnswersForm(components=components))
    if "skip" in request.POST:
        services.note_practised(judge=judge, now=timezone.now())
        return redirect(_first_real_one(seat, judge))
    form = AnswersForm(request.POST, components=components)
    if not form.is_valid():
        return _page(request, seat, judge, form)
    services.note_practised(judge=judge, now=timezone.now())
    compared = practice.compare(components, form.answers())
    context = {"seat": seat, "judge": judge, "program": judge.program, "compared": compared}
    return render(request, "awards/practice_compared.html", context | {"next": _first_real_one(seat, judge)})


def _components(judge):
    """The program's own questions, or before judging opens what they will be copied from."""
    copied = list(components_of(judge))
    if copied:
        return copied
    unsaved = [component for component in components_for(judge.program) if component.criterion in judge.criteria]
    for number, component in enumerate(unsaved, start=1):
        component.pk = number
    return unsaved


def _first_real_one(seat, judge):
    first = (
        seat.assignments.open().filter(judge=judge).order_by("pk").first() if judge.program.in_judging(timezone.now()) else None
    )
    return seat.address("assignment", first.pk) if first else seat.address("queue")


def _page(request, seat, judge, form):
    readings = {} if seat.is_guest else practice.readings()
    questions = [
        {
            "component": component,
            "field": field,
            "choices": choices,
            "evidence": f"awards/evidence/{component.code}.html" if component.code in STORY_EVIDENCE else None,
            "reading": readings.get(component.code),
        }
        for component, field, choices in form.questions()
    ]
    context = {
        "seat": seat,
        "judge": judge,
        "program": judge.program,
        "story": practice.story(),
        "form": form,
        "criteria": by_criterion(questions),
        "can_score": True,
    }
    return render(request, "awards/practice.html", context)


practise, guest_practise = for_staff(_practice), for_guests(_practice)

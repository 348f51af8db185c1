"""One step a page: a form of the program itself, or a list of its rows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render

from nominations.forms.setup import LaunchForm, NameForm, RulesForm
from nominations.models import Program
from nominations.permissions import get_program_to_set_up
from nominations.setup.name_advice import name_advice
from nominations.setup.steps import BY_SLUG, after
from nominations.views.setup import calendar, rows
from nominations.views.setup.context import path_context, step_url
from nominations.views.setup.saving import save_program

FORMS = {"name": NameForm, "rules": RulesForm, "launch": LaunchForm, "calendar": calendar.CalendarForm}


@login_required
def step(request, slug, step):
    program = get_program_to_set_up(request.user, slug)
    if step not in BY_SLUG:
        raise Http404
    if step in rows.KINDS:
        return rows.rows_page(request, program, step)
    form = FORMS[step](instance=program, user=request.user)
    if request.method == "POST":
        form = save_program(request, program, FORMS[step])
        if form.is_valid():
            return _go_on(request, form.instance, step)
    context = path_context(Program.objects.get(pk=program.pk), step) | {"form": form} | _beside(step, program, form)
    return render(request, f"nominations/setup/{'calendar' if step == 'calendar' else 'step'}.html", context)


def _go_on(request, program, step):
    if "go_on" not in request.POST:
        return redirect(step_url(program, step))
    following = after(step)
    return redirect(step_url(program, following.slug)) if following else redirect("program-setup", program.slug)


def _beside(step, program, form):
    if step == "name":
        return {"advice": name_advice(form["name"].value() or "")}
    return calendar.beside(program) if step == "calendar" else {}

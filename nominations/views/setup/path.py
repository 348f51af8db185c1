"""Beginning a program, and the page from which every step is taken up again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominations.forms.setup import NewProgramForm
from nominations.models import Program
from nominations.permissions import get_program_to_set_up, require_program_team
from nominations.setup.name_advice import name_advice as advise
from nominations.views.setup.context import path_context, step_url


@login_required
def new(request):
    require_program_team(request.user)
    form = NewProgramForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        program = form.save(now=timezone.now())
        messages.success(request, _("Begun. Every step is saved on its own: leave when you like and come back here."))
        return redirect(step_url(program, "name"))
    advice = advise(form["name"].value() or "")
    return render(request, "nominations/setup/new.html", {"form": form, "advice": advice, "seasons": Program.objects.all()[:10]})


@login_required
def overview(request, slug):
    return render(request, "nominations/setup/overview.html", path_context(get_program_to_set_up(request.user, slug)))


@require_safe
@login_required
def name_advice(request):
    require_program_team(request.user)
    return render(request, "nominations/setup/_advice.html", {"advice": advise(request.GET.get("name", "")[:150])})

"""Next season's program from an earlier one: asks for its name first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.forms import CopyForm
from nominations.permissions import get_program_to_set_up
from nominations.setup.name_advice import name_advice


@login_required
def copy_program(request, slug):
    program = get_program_to_set_up(request.user, slug)
    form = CopyForm(request.POST if request.method == "POST" else None, program=program)
    if form.is_valid():
        copy = form.save(by=request.user, now=timezone.now())
        messages.success(request, _("Copied. Look over the dates first: they are a year later, on the same weekdays."))
        return redirect("program-setup", copy.slug)
    advice = name_advice(form["name"].value() or "")
    return render(request, "awards/copy_program.html", {"program": program, "form": form, "advice": advice})

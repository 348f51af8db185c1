"""The calendar step: what to think over about the dates, and moving them together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nominations.exceptions import DatesNotMoved
from nominations.forms.setup import CalendarForm, ShiftForm
from nominations.models import Nomination, Program
from nominations.permissions import get_program_to_set_up
from nominations.setup.dates import DATES, warnings
from nominations.views.setup.context import path_context, step_url

LABELS = {name: Program._meta.get_field(name).verbose_name for name in DATES}


def beside(program, shift_form=None):
    """What stands beside the form of the dates, as they are stored."""
    now = timezone.now()
    dates = {name: getattr(program, name) for name in DATES}
    return {
        "warnings": warnings(dates, zone=program.time_zone, now=now, labels=LABELS),
        "shift_form": shift_form or ShiftForm(program=program, now=now, auto_id="shift-%s"),
        "drafts": Nomination.objects.drafts().filter(program=program).count(),
    }


@require_POST
@login_required
def check_dates(request, slug):
    """What there is to think over about dates that are not saved yet."""
    program = get_program_to_set_up(request.user, slug)
    form = CalendarForm(request.POST, instance=program, user=request.user)
    form.is_valid()
    zone = form.cleaned_data.get("time_zone") or program.time_zone
    found = warnings(form.moments(), zone=zone, now=timezone.now(), labels=LABELS)
    errors = [error for name in DATES for error in form.errors.get(name, [])]
    return render(request, "nominations/setup/_warnings.html", {"warnings": errors + found})


@require_POST
@login_required
def shift(request, slug):
    program = get_program_to_set_up(request.user, slug)
    form = ShiftForm(request.POST, program=program, now=timezone.now(), auto_id="shift-%s")
    if form.is_valid():
        try:
            form.save(by=request.user)
        except DatesNotMoved as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Moved. The dates below are the new ones."))
            return redirect(step_url(program, "calendar"))
    context = path_context(program, "calendar") | {"form": CalendarForm(instance=program, user=request.user)}
    return render(request, "nominations/setup/calendar.html", context | beside(program, form))

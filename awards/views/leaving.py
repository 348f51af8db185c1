"""Leaving a nomination to the others, and taking it up again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from awards import services
from awards.forms import ReasonForm
from awards.permissions import get_assignment_at
from awards.views.entrances import for_guests, for_staff


def _recuse(request, seat, pk):
    assignment = get_assignment_at(seat, pk)
    form = ReasonForm(request.POST, required=False)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect(seat.address("assignment", pk))
    reason = form.cleaned_data["reason"]
    if _try(request, services.recuse, assignment=assignment, reason=reason, by=seat.actor, now=timezone.now()):
        messages.success(request, _("You are recused from this nomination."))
        return redirect(seat.address("queue"))
    return redirect(seat.address("assignment", pk))


def _abstain(request, seat, pk):
    assignment = get_assignment_at(seat, pk)
    if _try(request, services.abstain, assignment=assignment, by=seat.actor, now=timezone.now()):
        messages.success(request, _("You abstain from this nomination. Until judging closes you can take it up again."))
        return redirect(seat.address("queue"))
    return redirect(seat.address("assignment", pk))


def _reopen(request, seat, pk):
    assignment = get_assignment_at(seat, pk)
    _try(request, services.reopen, assignment=assignment, by=seat.actor, now=timezone.now())
    return redirect(seat.address("assignment", pk))


def _try(request, service, **arguments):
    try:
        service(**arguments)
    except RuleBroken as error:
        messages.error(request, str(error))
        return False
    return True


recuse, guest_recuse = require_POST(for_staff(_recuse)), require_POST(for_guests(_recuse))
abstain, guest_abstain = require_POST(for_staff(_abstain)), require_POST(for_guests(_abstain))
reopen, guest_reopen = require_POST(for_staff(_reopen)), require_POST(for_guests(_reopen))

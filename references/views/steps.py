"""The steps of a request: each fetches and authorises, calls one service, and says what happened."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.working_time import day_of
from references import services
from references.exceptions import NobodyPutForward
from references.forms import OutcomeForm, ProposeForm, ReasonForm, ScheduleForm
from references.models import Candidate
from references.permissions import (
    get_own_request,
    get_request_to_approve,
    get_request_to_work_on,
    last_candidate,
    may_approve,
)


@login_required
@require_POST
def propose(request, pk):
    """Put an advocate forward for an open request, or the next one after somebody said no."""
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    form = ProposeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    asked = {"advocate": form.cleaned_data["advocate"], "by": request.user, "now": now}
    before = last_candidate(reference_request)
    if before and before.state == Candidate.State.APPROVED and may_approve(request.user, reference_request, day_of(now)):
        note = _("The customer could not; another was put forward.")
        step = partial(services.replace_candidate, candidate=before, note=note, **asked)
    else:
        step = partial(services.propose_candidate, request=reference_request, **asked)
    return _take(request, reference_request, step, _("The CSM has been asked."))


@login_required
@require_POST
def approve(request, pk):
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    return _take(
        request,
        reference_request,
        lambda: services.approve_candidate(candidate=_candidate(reference_request), by=request.user, now=now),
        _("Approved. Now ask the customer and write down the time."),
    )


@login_required
@require_POST
def decline(request, pk):
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    return _take(
        request,
        reference_request,
        lambda: services.decline_candidate(
            candidate=_candidate(reference_request),
            by=request.user,
            note=form.cleaned_data["note"],
            seen=request.POST.get("seen", ""),
            now=now,
        ),
        _("Declined. The requester has been told, and the customer's place is free again."),
    )


@login_required
@require_POST
def schedule(request, pk):
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    form = ScheduleForm(request.POST, user=request.user)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    return _take(
        request,
        reference_request,
        lambda: services.schedule_request(request=reference_request, at=form.cleaned_data["at"], by=request.user, now=now),
        _("Scheduled. The requester has been told."),
    )


@login_required
@require_POST
def no_show(request, pk):
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    return _take(
        request,
        reference_request,
        lambda: services.note_no_show(request=reference_request, by=request.user, now=now),
        _("Noted. It needs a new date."),
    )


@login_required
@require_POST
def complete(request, pk):
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    return _take(
        request,
        reference_request,
        lambda: services.complete_request(
            request=reference_request, by=request.user, outcome=form.cleaned_data["outcome"], now=now
        ),
        _("Completed. Thank you for reporting back."),
    )


@login_required
@require_POST
def cancel(request, pk):
    reference_request = get_own_request(request.user, pk)
    return _take(
        request,
        reference_request,
        lambda: services.cancel_request(request=reference_request, by=request.user, now=timezone.now()),
        _("Cancelled. The customer's place is free again."),
    )


def _candidate(reference_request):
    """The service refuses what has been answered already."""
    candidate = last_candidate(reference_request)
    if candidate is None:
        raise NobodyPutForward(_("Nobody is put forward for this request."))
    return candidate


def _take(request, reference_request, step, done):
    try:
        step()
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
    return redirect(reference_request)


def _refuse(request, reference_request, form):
    for field, errors in form.errors.items():
        messages.warning(request, f"{form.fields[field].label}: {errors[0]}")
    return redirect(reference_request)

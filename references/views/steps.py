"""The steps of a request: each fetches and authorises, calls one service, and says what happened."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.models import Advocate
from advocacy.working_time import day_of
from references import services
from references.exceptions import NobodyPutForward
from references.forms import OtherForm, OutcomeForm, ProposeForm, ReasonForm, ScheduleForm
from references.models import Candidate
from references.permissions import (
    get_own_request,
    get_request_to_approve,
    get_request_to_work_on,
    last_candidate,
    may_approve,
)
from references.services.by_link import others_of


@login_required
@require_POST
def propose(request, pk):
    """Put an advocate forward for an open request; where one is there, instead of them or behind them in line."""
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    form = ProposeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    advocate, before = form.cleaned_data["advocate"], last_candidate(reference_request)
    asked = {"advocate": advocate, "by": request.user, "now": now}
    if before is None or before.state not in (Candidate.State.PROPOSED, Candidate.State.APPROVED):
        step = partial(services.propose_candidate, request=reference_request, **asked)
        return _take(request, reference_request, step, _("The CSM has been asked."))
    if may_approve(request.user, reference_request, day_of(now)) and reference_request.requester_id != request.user.pk:
        note = form.cleaned_data["note"] or _("Another customer fits better.")
        step = partial(services.replace_candidate, candidate=before, note=note, **asked)
        return _take(request, reference_request, step, _("Changed. The requester has been told."))
    step = partial(services.queue_candidates, request=reference_request, advocates=[advocate], by=request.user, now=now)
    return _take(request, reference_request, step, _("In line: asked when the one before cannot."))


@login_required
@require_POST
def other(request, pk):
    """Not this one, but another of the same CSM."""
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    form = OtherForm(request.POST, advocates=others_of(candidate, now) if candidate else Advocate.objects.none())
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    answer = {"by": request.user, "seen": request.POST.get("seen", ""), "now": now, **form.cleaned_data}
    step = partial(services.replace_candidate, candidate=candidate, **answer)
    return _take(request, reference_request, step, _("Changed. The requester has been told."))


@login_required
@require_POST
def not_now(request, pk):
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _refuse(request, reference_request, form)
    answer = {"by": request.user, "seen": request.POST.get("seen", ""), "now": now, **form.cleaned_data}
    return _take(
        request,
        reference_request,
        lambda: services.decline_for_now(candidate=_candidate(reference_request), **answer),
        _("Noted. Nobody asks this customer for a while; the requester has been told."),
    )


@login_required
@require_POST
def order(request, pk):
    """One candidate of the line first, further up, or out of it."""
    reference_request = get_own_request(request.user, pk)
    line = list(reference_request.candidates.in_line().values_list("pk", flat=True))
    for move in (_up, _out):
        line = move(line, request.POST)
    step = partial(services.order_line, request=reference_request, order=line, by=request.user, now=timezone.now())
    return _take(request, reference_request, step, _("Saved."))


def _up(line, posted):
    at = next((place for place, pk in enumerate(line) if str(pk) == posted.get("up")), 0)
    return [*line[: at - 1], line[at], line[at - 1], *line[at + 1 :]] if at else line


def _out(line, posted):
    return [pk for pk in line if str(pk) != posted.get("out")]


@login_required
@require_POST
def go_on(request, pk):
    """Whether the next one is proposed by itself, or a person chooses."""
    reference_request = get_request_to_work_on(request.user, pk, day_of(timezone.now()))
    alone = request.POST.get("alone") == "yes"
    done = _("The next one is proposed by itself.") if alone else _("Stopped: a person chooses the next one.")
    return _take(request, reference_request, partial(services.let_go_on, request=reference_request, alone=alone), done)


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
        lambda: services.complete_request(request=reference_request, by=request.user, now=now, **form.cleaned_data),
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

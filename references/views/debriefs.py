"""After a conversation: three answers of each side, what came of it, and the thanks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.models import SecretLink
from advocacy.working_time import day_of
from references import briefs, services, times
from references.forms.calls import DebriefForm, ThanksForm
from references.models import Debrief, ReferenceRequest
from references.permissions import get_request_to_work_on, last_candidate, may_approve
from references.services.debriefs import debriefs_for
from references.services.thanks import suggested_thanks
from references.sight import sight_of
from references.standing import has_begun, standing_of
from references.views.signed import NOTHING_LEFT, require_in_time, signed_page

AFTER = {ReferenceRequest.Status.SCHEDULED, ReferenceRequest.Status.COMPLETED}


@signed_page(SecretLink.Purpose.DEBRIEF)
def after_call(request, link, candidate, now):
    """Three questions to one side; or that it did not take place."""
    standing = standing_of(candidate.request, candidate, now)
    require_in_time(link, standing, now, final=NOTHING_LEFT)
    side = Debrief.Side(link.detail)
    given = "" if standing in NOTHING_LEFT else request.POST.get("answer", "")
    form = DebriefForm(request.POST if given == "answers" else None, side=side)
    sentence = ""
    try:
        if given == "answers" and form.is_valid():
            services.answer_debrief(candidate=candidate, side=side, by=None, link=link, now=now, **form.cleaned_data)
            return redirect(request.path)
        if given == "failed":
            services.say_it_failed(candidate=candidate, link=link, now=now)
            return redirect(request.path)
    except RuleBroken as error:
        sentence = str(error)
    at = candidate.request.scheduled_for
    zone = briefs.zone_of_advocate(candidate) if side == Debrief.Side.ADVOCATE else briefs.zone_of_prospect(candidate.request)
    context = {
        "form": form,
        "sentence": sentence,
        "is_answered": bool(link.used_at),
        "is_over": standing in NOTHING_LEFT,
        "when": times.shown(at, zone) if at else "",
        "took_place": candidate.request.status in AFTER,
        "contact": briefs.contact_of(candidate, now) if side == Debrief.Side.ADVOCATE else candidate.request.requester,
    }
    return render(request, "references/calls/after.html", context)


@login_required
def request_after(request, pk):
    """What both sides said, the prospect's answers in the requester's hand, and the thanks."""
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    if candidate is None or reference_request.status not in AFTER or not has_begun(reference_request, now):
        messages.warning(request, _("It has not taken place yet."))
        return redirect(reference_request)
    candidate.request = reference_request
    given = request.POST.get("answer", "")
    if given and not _speaks_as_requester(request.user, reference_request):
        raise PermissionDenied
    own = candidate.debriefs.filter(side=Debrief.Side.PROSPECT).first()
    debrief_form = DebriefForm(request.POST if given == "answers" else None, side=Debrief.Side.PROSPECT, instance=own)
    thanks_form = ThanksForm(
        request.POST if given == "thanks" else None, initial={"text": suggested_thanks(reference_request, candidate)}
    )
    try:
        if done := _take(request, candidate, given, debrief_form, thanks_form, now):
            messages.success(request, done)
            return redirect("request-after", pk)
    except RuleBroken as error:
        messages.warning(request, str(error))
        return redirect("request-after", pk)
    return render(
        request,
        "references/calls/request_after.html",
        _shown(request, candidate, now) | {"debrief_form": debrief_form, "thanks_form": thanks_form, "own": own},
    )


def _take(request, candidate, given, debrief_form, thanks_form, now):
    if given == "answers" and debrief_form.is_valid():
        fields = debrief_form.cleaned_data
        services.answer_debrief(candidate=candidate, side=Debrief.Side.PROSPECT, by=request.user, now=now, **fields)
        return _("Kept. Thank you.")
    if given == "thanks" and thanks_form.is_valid():
        text = thanks_form.cleaned_data["text"]
        services.thank_advocate(request=candidate.request, text=text, by=request.user, now=now)
        return _("Your thanks are on their way.")
    return ""


def _shown(request, candidate, now):
    reference_request, on = candidate.request, day_of(now)
    looks_after = may_approve(request.user, reference_request, on)
    sight = sight_of(request.user, candidate.advocate, candidate.advocate.search_row, on)
    debriefs = debriefs_for(candidate, request.user, looks_after=looks_after)
    advocate = candidate.advocate
    return {
        "reference_request": reference_request,
        "label": sight.describe(advocate),
        "now": now,
        "debriefs": [
            {
                "debrief": debrief,
                "mattered": sight.tell(debrief.mattered, advocate),
                "next_time": sight.tell(debrief.next_time, advocate),
            }
            for debrief in debriefs
        ],
        "hidden": candidate.debriefs.count() - len(debriefs),
        "is_requester": _speaks_as_requester(request.user, reference_request),
    }


def _speaks_as_requester(user, reference_request):
    """Thanks go out in the requester's name, and the prospect told it to them."""
    return reference_request.requester_id == user.pk or user.has_perm("advocacy.run_program")

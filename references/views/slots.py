"""The prospect's side: choosing a time behind a link, and the requester's page that helps them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.models import SecretLink
from advocacy.working_time import day_of
from outbox.services import absolute_url
from references import briefs, services, times
from references.forms.answering import ZoneForm, zone_asked_for
from references.forms.calls import OtherTimesForm, PlaceForm
from references.permissions import get_request_to_work_on, last_candidate
from references.search.facets import number
from references.services.asking import OPEN_TO_CUSTOMER
from references.services.slots import seen_of
from references.standing import standing_of
from references.views.signed import require_in_time, signed_page


@signed_page(SecretLink.Purpose.PICK_SLOT)
def meet(request, link, candidate, now):
    """The times the customer offers, in the prospect's own time zone; afterwards what is agreed."""
    standing = standing_of(candidate.request, candidate, now)
    require_in_time(link, standing, now)
    sentence = ""
    if request.method == "POST" and request.POST.get("answer") in ("pick", "none"):
        try:
            _choose(request, candidate, by=None, link=link, now=now)
        except RuleBroken as error:
            sentence = str(error)
            candidate.request.refresh_from_db()
            standing = standing_of(candidate.request, candidate, now)
        else:
            return redirect(request.path)
    zone = zone_asked_for(request, briefs.zone_of_prospect(candidate.request))
    context = _times_of(candidate, zone, now) | {
        "standing": standing,
        "sentence": sentence,
        "takes_answer": not link.used_at,
        "brief": briefs.brief_of_prospect(candidate.request, candidate, now),
        "brief_url": reverse("meet-brief", args=[request.resolver_match.kwargs["token"]]),
        "zone_form": ZoneForm(zone=zone),
        "contact": candidate.request.requester,
    }
    return render(request, "references/calls/meet.html", context)


def _choose(request, candidate, *, by, link, now):
    asked = {"candidate": candidate, "by": by, "link": link, "now": now}
    if request.POST.get("answer") == "none":
        form = OtherTimesForm(request.POST)
        services.want_other_times(why=form.cleaned_data["why"] if form.is_valid() else "", **asked)
    else:
        slot = number(request.POST.get("slot")) or 0
        services.pick_time(slot=slot, seen=request.POST.get("seen", ""), **asked)


def _times_of(candidate, zone, now):
    reference_request = candidate.request
    at = reference_request.scheduled_for
    return {
        "reference_request": reference_request,
        "candidate": candidate,
        "zone": zone,
        "choices": [
            {"pk": slot.pk, "at": slot.starts_at, "words": times.shown(slot.starts_at, zone)}
            for slot in candidate.slots.all()
            if slot.starts_at > now and slot.starts_at != at
        ],
        "agreed": times.shown(at, zone) if at else "",
        "seen": seen_of(reference_request),
        "other_form": OtherTimesForm(),
        "now": now,
    }


@login_required
def request_times(request, pk):
    """For the requester, the CSM and the team: choose for the prospect, pass the link on, say where they meet."""
    now = timezone.now()
    reference_request = get_request_to_work_on(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    if candidate is None or reference_request.status not in OPEN_TO_CUSTOMER:
        messages.warning(request, _("No times are being found for this request at present."))
        return redirect(reference_request)
    candidate.request = reference_request
    place_form = PlaceForm(request.POST if request.POST.get("answer") == "place" else None, instance=reference_request)
    link = ""
    try:
        link, done = _take(request, candidate, place_form, now)
    except RuleBroken as error:
        messages.warning(request, str(error))
        done = "again"
    if done:
        return redirect("request-times", pk) if done == "again" else redirect(reference_request)
    zone, their_zone = request.user.time_zone, briefs.zone_of_prospect(reference_request)
    context = _times_of(candidate, zone, now) | {"place_form": place_form, "link": link, "their_zone": their_zone}
    for choice in context["choices"]:
        choice["words"] = times.shown_to_both(choice["at"], zone, their_zone, _("for the prospect"))
    return render(request, "references/calls/times.html", context)


def _take(request, candidate, place_form, now):
    """The address to pass on, or where to go from here."""
    answer = request.POST.get("answer") if request.method == "POST" else ""
    if answer == "link":
        return absolute_url(reverse("meet", args=[services.pick_link(candidate=candidate, now=now)])), ""
    if answer == "place" and place_form.is_valid():
        services.set_place(request=candidate.request, now=now, **place_form.cleaned_data)
        messages.success(request, _("Saved. Whoever has the time in their calendar gets it anew."))
        return "", "again"
    if answer in ("pick", "none"):
        _choose(request, candidate, by=request.user, link=None, now=now)
        messages.success(
            request,
            _("Agreed. Both sides have it for their calendars.")
            if answer == "pick"
            else _("The customer is asked for other times."),
        )
        return "", "request"
    return "", ""

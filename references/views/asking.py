"""The form of a minute; what it asks for comes with the address."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from advocacy.models import ActivityType
from advocacy.walltime import zones
from references.dates import check_day
from references.forms import RequestForm, opportunities_like, opportunity_label
from references.forms.meanwhile import news
from references.forms.picks import asked_for, in_order, picks, sent, suggestions
from references.prefill import deal_of, initial_for
from references.search import Search
from references.sought import for_opportunity

OFFERED = 10


@login_required
@permission_required("references.request_references", raise_exception=True)
def new(request):
    now = timezone.now()
    chosen = asked_for(request.GET, request.user)
    places = {advocate: place for place, advocate in enumerate(chosen, start=1)}
    places |= sent(request.POST, request.user)
    changed = news(request.GET, request.POST, places)
    form = RequestForm(
        request.POST or None,
        user=request.user,
        now=now,
        advocates=in_order(places),
        wanted=Search.from_query(request.GET).as_dict(),
        initial=initial_for(request.GET, request.user, now),
    )
    for sentence in changed:
        messages.warning(request, sentence)
    if request.method == "POST" and not changed and form.is_valid() and (made := form.send()):
        messages.success(request, _sentence(made))
        return redirect(made)
    return render(request, "references/request_new.html", {"form": form} | _people(request, form, places, now))


def _sentence(made):
    if made.status == made.Status.PROPOSED:
        return _("Sent. The CSM has been asked.")
    return _("Sent. The advocacy team looks for somebody.")


def _people(request, form, places, now):
    """Those chosen, and some who would fit as well; each with a place in the order to choose."""
    activity = _activity(form)
    found = picks(places, request.user, activity, now)
    if request.method == "GET":
        deal = deal_of(request.GET, request.user)
        sought = for_opportunity(deal, level=form.initial.get("prospect_level") or "").filled_from(form.wanted)
        found += suggestions(sought, list(places), request.user, activity, now)
    return {
        "picks": found,
        "places": range(1, max(len(found), 1) + 1),
        "search": request.GET.urlencode(),
        "time_zones": zones(),
    }


def _activity(form):
    asked = form.initial.get("activity_type")
    return asked or ActivityType.objects.filter(blocks_others=True).first()


@login_required
@permission_required("references.request_references", raise_exception=True)
@require_GET
def opportunities(request):
    """The choices below the field for the deal, as htmx asks while somebody types."""
    text = request.GET.get("opportunity", "").replace("\x00", "").strip()
    found = opportunities_like(request.user, text)[:OFFERED] if len(text) > 1 else []
    choices = [{"value": opportunity_label(opportunity), "account": opportunity.account} for opportunity in found]
    return render(request, "references/_opportunities.html", {"choices": choices})


@login_required
@permission_required("references.request_references", raise_exception=True)
@require_GET
def day(request):
    """Whether the day leaves enough time, as htmx asks while somebody chooses it."""
    try:
        wanted = date.fromisoformat(request.GET.get("needed_by", ""))
    except ValueError:
        verdict = None
    else:
        verdict = check_day(wanted, request.user, timezone.now())
    return render(request, "references/_day_check.html", {"verdict": verdict})

"""Offers of a program, for the advocacy team: read, send, set the terms, take an award back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advocacy.exceptions import RuleBroken
from awards import permissions, services
from awards.forms import ReasonForm, TermsForm
from awards.offers_page import OffersPage
from awards.services.offers import preview_offer


@require_safe
@login_required
def offers(request, slug):
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    return render(request, "awards/offers.html", {"program": program, "page": OffersPage(program, now=now)})


@login_required
def offer(request, slug, pk):
    """The mail as it would go out, and the button that sends it."""
    now = timezone.now()
    winner = permissions.get_winner_to_change(request.user, slug, pk, now)
    if request.method == "POST":
        try:
            services.send_offer(winner=winner, by=request.user, now=now)
        except RuleBroken as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Sent: the offer to %(nominee)s.") % {"nominee": winner.entry.nomination})
        return redirect("results-offers", slug)
    page = OffersPage(winner.category.program, now=now)
    found = next(one for one in page.offers if one.winner.pk == winner.pk)
    context = {"program": winner.category.program, "winner": winner, "offer": found}
    if not found.obstacle and winner.entry.nomination.nominee.email:
        context["subject"], context["text"] = preview_offer(winner, now=now)
    return render(request, "awards/offer.html", context)


@login_required
def terms(request, slug, pk):
    now = timezone.now()
    winner = permissions.get_winner_to_change(request.user, slug, pk, now)
    form = TermsForm(request.POST if request.method == "POST" else None, winner=winner)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user, now=now)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("results-offers", slug)
    return render(request, "awards/terms.html", {"program": winner.category.program, "winner": winner, "form": form})


@login_required
def revoke(request, slug, pk):
    """Take an award back that is announced; mails that say otherwise are stopped or corrected."""
    now = timezone.now()
    winner = permissions.get_winner_to_change(request.user, slug, pk, now)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why the award is taken back"))
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke_award(winner=winner, by=request.user, reason=form.cleaned_data["reason"], now=now)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Taken back. Look at the corrections that wait to be sent, and at the result."))
            return redirect("results-announcement", slug)
    return render(request, "awards/revoke.html", {"program": winner.category.program, "winner": winner, "form": form})

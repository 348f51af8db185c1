from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.services.publicity import is_cleared
from advocacy.services.situation import current_rules
from nominations.forms.triage_work import AskForm, CategoryForm
from nominations.models import Nomination
from nominations.permissions import get_nomination_to_triage
from nominations.publicity import source_key
from nominations.services.clarifications import ask_nominator, stop_waiting, whom_to_ask
from nominations.services.entries import change_category
from nominations.triage.flags import flags_of
from nominations.triage.likeness import REASONS, likely_pairs


@login_required
def nomination(request, slug, pk):
    """One nomination, with its flags and everything the team can do about it."""
    shown = get_nomination_to_triage(request.user, slug, pk)
    return _page(request, shown)


def _page(request, shown, **forms):
    now = timezone.now()
    is_submitted = shown.status == Nomination.Status.SUBMITTED
    entries = list(shown.entries.select_related("category"))
    is_open = is_submitted and now < shown.program.judging_opens_at
    clarifications = list(shown.clarifications.select_related("asked_by", "asked_of"))
    context = {
        "nomination": shown,
        "program": shown.program,
        "account": shown.account,
        "nominee": shown.nominee,
        "reply": getattr(shown, "reply", None),
        "entries": entries,
        "flags": flags_of(
            shown,
            has_categories=bool(entries),
            is_cleared=is_cleared(source_key(shown)),
            today=timezone.localdate(now),
            rules=current_rules(),
        ),
        "alike": _alike(shown),
        "clarifications": clarifications,
        "waiting": next((asked for asked in clarifications if not asked.answered_at and asked.answer_by > now), None),
        "asked_of": whom_to_ask(shown, now),
        "is_open": is_open,
        "steps": _steps(shown),
        "category_form": CategoryForm(nomination=shown),
        "ask_form": AskForm(program=shown.program, now=now),
        "now": now,
    }
    return render(request, "nominations/triage/nomination.html", context | forms)


def _alike(shown):
    """Likely duplicates of this one, with the reasons."""
    pairs = likely_pairs(shown.program) if shown.status == Nomination.Status.SUBMITTED else {}
    codes = {
        (first if second == shown.pk else second): found
        for (first, second), found in pairs.items()
        if shown.pk in (first, second)
    }
    others = Nomination.objects.select_related("account", "nominee").in_bulk(codes)
    return [(others[pk], [REASONS[code] for code in found]) for pk, found in codes.items()]


def _steps(shown):
    """The steps that ask for a reason have their page in the admin."""
    words = {
        Nomination.Status.INELIGIBLE: _("Mark as not eligible"),
        Nomination.Status.DUPLICATE: _("Mark as duplicate"),
        Nomination.Status.WITHDRAWN: _("Withdraw"),
        Nomination.Status.SUBMITTED: _("Put back"),
    }
    allowed = Nomination.TRANSITIONS.get(shown.status, ())
    return [
        (text, reverse("admin:nominations_nomination_step", args=[shown.pk, to])) for to, text in words.items() if to in allowed
    ]


@require_POST
@login_required
def category(request, slug, pk):
    shown = get_nomination_to_triage(request.user, slug, pk)
    form = CategoryForm(request.POST, nomination=shown)
    if not form.is_valid():
        return _page(request, shown, category_form=form)
    try:
        change_category(nomination=shown, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("It stands in “%(category)s” now.") % {"category": form.cleaned_data["to"]})
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("triage-nomination", slug, pk)


@require_POST
@login_required
def ask(request, slug, pk):
    shown = get_nomination_to_triage(request.user, slug, pk)
    now = timezone.now()
    form = AskForm(request.POST, program=shown.program, now=now)
    if not form.is_valid():
        return _page(request, shown, ask_form=form)
    try:
        question, answer_by = form.cleaned_data["question"], form.cleaned_data["answer_on"]
        asked = ask_nominator(nomination=shown, question=question, answer_by=answer_by, by=request.user, now=now)
    except RuleBroken as error:
        form.add_error(None, str(error))
        return _page(request, shown, ask_form=form)
    messages.success(request, _("%(who)s is asked. It comes back by itself.") % {"who": asked.asked_of})
    return redirect("triage-nomination", slug, pk)


@require_POST
@login_required
def stop(request, slug, pk):
    """The answer is not needed any more: back in the queue now."""
    shown = get_nomination_to_triage(request.user, slug, pk)
    waiting = shown.clarifications.filter(answered_at=None).first()
    try:
        if waiting:
            stop_waiting(clarification=waiting, now=timezone.now())
        messages.success(request, _("Back in the queue."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("triage-nomination", slug, pk)

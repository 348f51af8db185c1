from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy import walltime
from advocacy.companies import find_accounts
from advocacy.models import Account
from advocacy.text import clean_line
from nominations import kept_forms, meter
from nominations.completeness import missing
from nominations.exceptions import AlreadySubmitted, DraftChangedElsewhere, NominationIncomplete, NominationNotTaken
from nominations.forms import NominationForm
from nominations.guide import QUESTIONS
from nominations.models import Nomination
from nominations.permissions import get_nomination_to_change, get_program_to_nominate_for
from nominations.search import people_known_at
from nominations.services import (
    change_account,
    check_program_takes_nominations,
    discard_draft,
    expects_reading,
    start_draft,
    submit_nomination,
)
from nominations.views.beside_the_form import beside_the_form, landed


@login_required
def nominate(request, slug):
    """The first step: whose story is it. Continues a draft where there is one."""
    program = get_program_to_nominate_for(request.user, slug)
    moved = _draft_to_move(request)
    if request.method == "POST":
        return _choose_account(request, program, moved)
    text = request.GET.get("q", "")
    context = {"program": program, "q": text, "moved": moved, "accounts": find_accounts(user=request.user, text=text)}
    if request.htmx:
        return render(request, "nominations/_accounts.html", context)
    try:
        check_program_takes_nominations(program=program, now=timezone.now())
    except NominationNotTaken as error:
        context["not_open"] = str(error)
    drafts = Nomination.objects.drafts().filter(program=program, nominator=request.user)
    return render(request, "nominations/nominate.html", context | {"drafts": drafts.select_related("account", "nominee")})


def _draft_to_move(request):
    """The draft that is to get another account, when the page was opened for that."""
    pk = request.GET.get("draft") or request.POST.get("draft")
    return get_nomination_to_change(request.user, pk) if pk and pk.isdecimal() else None


def _choose_account(request, program, moved):
    chosen = request.POST.get("account", "")
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=chosen if chosen.isdecimal() else None)
    try:
        if moved:
            return redirect("nomination-edit", change_account(nomination=moved, account=account, by=request.user).pk)
        check_program_takes_nominations(program=program, now=timezone.now())
    except NominationNotTaken as error:
        messages.warning(request, str(error))
        return redirect("nominate", program.slug)
    draft = start_draft(program=program, account=account, by=request.user, nominee=_chosen_nominee(request, account))
    return redirect("nomination-edit", draft.pk)


def _chosen_nominee(request, account):
    """The person named where the choice was made, such as on the page of customers worth nominating."""
    chosen = request.POST.get("nominee", "")
    return people_known_at(account=account, user=request.user).filter(pk=chosen).first() if chosen.isdecimal() else None


def edit(request, pk):
    """The form. What is sent after the session ended is kept, not thrown away with a redirect."""
    address = reverse("nomination-edit", args=[pk])
    if not request.user.is_authenticated:
        kept_forms.keep(request, name=_kept_name(pk))
        return redirect_to_login(address)
    nomination = get_nomination_to_change(request.user, pk)
    if nomination.status != Nomination.Status.DRAFT:
        messages.info(request, _("This nomination was already submitted."))
        return redirect(nomination)
    if request.method == "POST":
        return _save(request, nomination)
    kept = kept_forms.take(request, name=_kept_name(pk))
    if kept:
        messages.warning(request, _("You were signed out before this was saved. Your text is back in the form: please save it."))
    return _form_page(request, nomination, NominationForm(kept, nomination=nomination, user=request.user))


def _kept_name(pk):
    return f"nomination-{pk}"


def _save(request, nomination):
    form = NominationForm(request.POST, nomination=nomination, user=request.user)
    in_order = form.is_valid()
    try:
        form.save(page=_page(request), seen=_seen(request))
    except AlreadySubmitted as error:
        messages.info(request, str(error))
        return redirect(nomination)
    except DraftChangedElsewhere as error:
        return _form_page(request, nomination, form, conflict=str(error))
    if not in_order:
        messages.warning(request, _("Saved, except for the fields marked below."))
        return _form_page(request, nomination, form)
    return _submit(request, nomination, form) if request.POST.get("action") == "submit" else _saved(request, nomination)


def _saved(request, nomination):
    messages.success(request, _("Draft saved."))
    return redirect(reverse("nomination-edit", args=[nomination.pk], query={"saved": 1}))


def _submit(request, nomination, form):
    try:
        submit_nomination(nomination=nomination, by=request.user, now=timezone.now())
    except NominationIncomplete as error:
        messages.warning(request, _("Not submitted yet, the draft is saved. What is still missing is marked below."))
        form.mark(error.missing)
        return _form_page(request, nomination, form, just_saved=True)
    except NominationNotTaken as error:
        messages.warning(request, str(error))
        return redirect(reverse("nomination-edit", args=[nomination.pk], query={"saved": 1}))
    messages.success(request, _("Submitted. The nomination takes part."))
    return redirect(reverse("nomination", args=[nomination.pk], query={"saved": 1}))


def _page(request) -> str:
    """The key the browser page was given when it was shown."""
    return clean_line(request.POST.get("page", ""))[:40]


def _seen(request) -> datetime | None:
    """When the page last knew the draft to be saved; None where the person chose to keep their own text."""
    if request.POST.get("keep_mine"):
        return None
    try:
        return parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        return None


def _form_page(request, nomination, form, conflict="", just_saved=False):
    page = _page(request) or uuid4().hex
    state = {"conflict": conflict, "just_saved": just_saved or "saved" in request.GET}
    context = _context(request, nomination) | state | {"form": form, "page": page, "questions": QUESTIONS}
    context |= beside_the_form(nomination, request.user)
    return render(request, "nominations/edit.html", context)


def _context(request, nomination):
    found = missing(
        nomination, has_categories=nomination.entries.exists(), expects_reading=expects_reading(nomination, request.user)
    )
    return {
        "nomination": nomination,
        "program": nomination.program,
        "account": nomination.account,
        "missing": found,
        "meter": meter.read(nomination),
        "seen": nomination.updated_at.isoformat(),
    }


@require_POST
def autosave(request, pk):
    """Save what is typed. Answers with a sentence whatever came of it, signed out too: a script cannot sign in."""
    if not request.user.is_authenticated:
        return _state(request, {"signed_out": reverse("nomination-edit", args=[pk])}, status=401)
    nomination = get_nomination_to_change(request.user, pk)
    form = NominationForm(request.POST, nomination=nomination, user=request.user)
    in_order = form.is_valid()
    try:
        form.save(page=_page(request), seen=_seen(request))
    except (AlreadySubmitted, DraftChangedElsewhere) as error:
        return _state(request, {"nomination": nomination, "refused": str(error)}, status=409)
    time = walltime.to_wall(timezone.now(), request.user.time_zone)
    context = _context(request, nomination) | {"form": form, "time": time, "landed": landed(nomination, form)}
    return _state(request, context, status=200 if in_order else 422)


def _state(request, context, status):
    return render(request, "nominations/_save_state.html", context, status=status)


@login_required
def discard(request, pk):
    nomination = get_nomination_to_change(request.user, pk)
    if request.method != "POST":
        return render(request, "nominations/discard.html", {"nomination": nomination})
    try:
        discard_draft(nomination=nomination)
    except AlreadySubmitted as error:
        messages.info(request, str(error))
        return redirect(nomination)
    messages.success(request, _("The draft is deleted."))
    return redirect("nominations")

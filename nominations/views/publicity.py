"""The way to a locked-down account's yes: what exactly, of whom, when, and the answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.models import PublicityApproval
from advocacy.services.publicity import ask_for_publicity, earlier_refusals, is_cleared, record_publicity_answer
from nominations.forms.triage_work import PublicityAnswerForm, PublicityAskForm
from nominations.permissions import get_nomination_to_answer_for
from nominations.publicity import narrow_ask, narrow_recognition, source_key

# Stands in the prepared mail for whoever is typed as approver.
NAME = "[name]"


@login_required
def publicity(request, pk):
    nomination = _nomination(request, pk)
    form = PublicityAskForm(request.POST or None, initial=_prepared(nomination, request.user))
    if request.method == "POST" and form.is_valid() and _ask(request, nomination, form):
        return redirect("nomination-publicity", pk)
    return _page(request, nomination, form=form)


@require_POST
@login_required
def answer(request, pk, approval_pk):
    nomination = _nomination(request, pk)
    approval = get_object_or_404(PublicityApproval, pk=approval_pk, source_key=source_key(nomination))
    form = PublicityAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, nomination, answer_form=form)
    try:
        record_publicity_answer(approval=approval, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The answer is recorded. The account itself stays locked down."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("nomination-publicity", pk)


def _nomination(request, pk):
    nomination = get_nomination_to_answer_for(request.user, pk)
    if nomination.account is None:
        raise Http404
    return nomination


def _ask(request, nomination, form):
    data = dict(form.cleaned_data)
    if request.POST.get("how") != "mail":
        data["subject"] = data["text"] = ""
    data["text"] = data["text"].replace(NAME, data["approver"])
    try:
        ask_for_publicity(
            account=nomination.account, source_key=source_key(nomination), by=request.user, now=timezone.now(), **data
        )
    except RuleBroken as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The mail goes out now.") if data["text"] else _("Noted that you ask in person."))
    return True


def _page(request, nomination, **forms):
    refused, declined = earlier_refusals(nomination.account)
    asked = PublicityApproval.objects.filter(source_key=source_key(nomination)).select_related("asked_by")
    context = {
        "nomination": nomination,
        "program": nomination.program,
        "account": nomination.account,
        "asked": asked,
        "waiting": next((row for row in asked if not row.answer), None),
        "is_cleared": is_cleared(source_key(nomination)),
        "refused": refused,
        "declined": declined,
        "form": PublicityAskForm(initial=_prepared(nomination, request.user)),
        "answer_form": PublicityAnswerForm(),
    }
    return render(request, "nominations/publicity.html", context | forms)


def _prepared(nomination, user):
    return {
        "what": narrow_recognition(nomination),
        "subject": _("We want to honour your results"),
        "text": narrow_ask(nomination, approver=NAME, sender=user.name),
    }

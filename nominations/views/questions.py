"""The CSM's side of the nominee's yes: read the mail, send it now, or ask in person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from nominations.permissions import get_nomination_to_answer_for
from nominations.questions import contact_of, hold_question, open_bounce, release_question, why_not_sent
from nominations.questions.mails import preview_question


@login_required
def question(request, pk):
    """The mail as the nominee would get it, with everything that can be done about it."""
    nomination = get_nomination_to_answer_for(request.user, pk)
    contact = contact_of(nomination, timezone.now())
    subject, text = preview_question(nomination, contact) if nomination.nominee else ("", "")
    return render(
        request,
        "nominations/question.html",
        {
            "nomination": nomination,
            "nominee": nomination.nominee,
            "reply": getattr(nomination, "reply", None),
            "contact": contact,
            "subject": subject,
            "text": text,
            "bounce": open_bounce(nomination),
            "why_not": why_not_sent(nomination),
        },
    )


@require_POST
@login_required
def send(request, pk):
    nomination = get_nomination_to_answer_for(request.user, pk)
    try:
        if release_question(nomination=nomination, by=request.user, now=timezone.now()):
            messages.success(request, _("The mail to %(who)s goes out now.") % {"who": nomination.nominee})
        else:
            messages.info(request, _("It went out before, or the answer is recorded already."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return _back(request, nomination)


@require_POST
@login_required
def hold(request, pk):
    nomination = get_nomination_to_answer_for(request.user, pk)
    try:
        hold_question(nomination=nomination, by=request.user)
        messages.success(request, _("You ask in person: no mail goes by itself. Record the answer when you have it."))
    except RuleBroken as error:
        messages.warning(request, str(error))
    return _back(request, nomination)


def _back(request, nomination):
    return redirect("home" if request.POST.get("back") == "home" else nomination)

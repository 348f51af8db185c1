from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from nominations.forms.triage_work import ClarificationForm
from nominations.models import Nomination
from nominations.permissions import get_nomination_to_clarify
from nominations.services.clarifications import answer_clarification


@login_required
def missing(request, pk):
    """What the advocacy team asks the nominator, until it is answered or judging opens."""
    nomination = get_nomination_to_clarify(request.user, pk)
    now = timezone.now()
    asked = nomination.clarifications.filter(answered_at=None).select_related("asked_by").first()
    is_submitted = nomination.status == Nomination.Status.SUBMITTED
    if asked is None or not is_submitted or now >= nomination.program.judging_opens_at:
        messages.info(request, _("Nothing is asked about this nomination at the moment."))
        return redirect(nomination)
    form = ClarificationForm(request.POST if request.method == "POST" else None, nomination=nomination)
    if form.is_valid():
        try:
            answer_clarification(
                clarification=asked,
                answer=form.cleaned_data["answer"],
                texts=form.texts(),
                by=request.user,
                now=now,
                seen=form.cleaned_data["seen"] or None,
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
            form = _with_mark_of_now(form, nomination)
        else:
            messages.success(request, _("Thank you. The advocacy team sees your answer."))
            return redirect(nomination)
    return render(
        request,
        "nominations/missing.html",
        {
            "nomination": nomination,
            "program": nomination.program,
            "asked": asked,
            "form": form,
            "is_late": asked.answer_by <= now,
        },
    )


def _with_mark_of_now(form, nomination):
    """Sent again after reading the sentence, the text counts."""
    nomination.refresh_from_db(fields=["updated_at"])
    form.data = form.data.copy()
    form.data["seen"] = nomination.updated_at.isoformat()
    return form

"""The page behind the mail that asks for a CSM's word. Reading changes nothing; it works without a sign-in."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.exceptions import LinkInvalid, LinkUnknown, LinkUsed, RuleBroken
from references.forms import OtherForm, ReasonForm
from references.limits import limits_of
from references.models import Candidate, RequestClocks
from references.services import answer_by_link
from references.services.by_link import is_open, open_link, others_of

State = Candidate.State


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve_by_link(request, token):
    try:
        response = _approve(request, token, now=timezone.now())
    except LinkInvalid as error:
        status = 404 if isinstance(error, LinkUnknown) else 410
        response = render(request, "references/approve_invalid.html", {"sentence": error}, status=status)
    # The address is the key to the page; see advocacy.views.verify.
    response["Referrer-Policy"] = "same-origin"
    return response


def _approve(request, token, *, now):
    opened = open_link(token=token)
    if not is_open(opened.candidate, now):
        return _over(request, opened, now)
    forms = _forms(request, opened, now)
    answer = request.POST.get("answer")
    sentence = ""
    if answer == "approve" or (answer in forms and forms[answer].is_valid()):
        fields = {} if answer == "approve" else forms[answer].cleaned_data
        try:
            answer_by_link(opened=opened, answer=answer, now=now, **fields)
            return redirect("approve-by-link", token)
        except LinkUsed:
            return redirect("approve-by-link", token)
        except RuleBroken as error:
            sentence = str(error)
            if not is_open(open_link(token=token).candidate, now):
                return redirect("approve-by-link", token)
    return render(request, "references/approve.html", _context(opened, now) | {"forms": forms, "sentence": sentence})


def _forms(request, opened, now):
    asked = request.POST.get("answer")

    def data(answer):
        return request.POST if asked == answer else None

    return {
        "decline": ReasonForm(data("decline"), auto_id="decline_%s"),
        "not_now": ReasonForm(data("not_now"), auto_id="not_now_%s"),
        "other": OtherForm(data("other"), auto_id="other_%s", advocates=others_of(opened.candidate, now)),
    }


def _context(opened, now):
    return {
        "now": now,
        "person": opened.person,
        "candidate": opened.candidate,
        "advocate": opened.candidate.advocate,
        "reference_request": opened.request,
        "limits": limits_of(opened.candidate.advocate, opened.request.activity_type, now),
        "rest_days": RequestClocks.current().not_now_rest_days,
    }


def _over(request, opened, now):
    """No answer is wanted any more: what became of it, and where it goes on."""
    candidate = opened.candidate
    successor = opened.request.candidates.current().exclude(pk=candidate.pk).select_related("advocate").first()
    context = _context(opened, now) | {"sentence": _became(candidate, opened.person), "successor": successor}
    answered = candidate.state in (State.APPROVED, State.DECLINED)
    return render(request, "references/approve_over.html", context, status=200 if answered else 410)


def _became(candidate, person):
    by_you = candidate.decided_by_id == person.pk
    names = {"who": candidate.decided_by or _("the advocacy team")}
    if candidate.state == State.APPROVED:
        return _("You approved it.") if by_you else _("%(who)s approved it.") % names
    if candidate.state == State.DECLINED:
        return _("You said no.") if by_you else _("%(who)s said no.") % names
    if candidate.state == State.PROPOSED:
        return _("The time to answer is over, and the customer's place has been given back.")
    return candidate.note or _("It is not needed any more.")

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from advocacy import services
from advocacy.exceptions import RuleBroken
from advocacy.models import Interview, PersonMatch, Recruitment
from advocacy.permissions import looks_after, may_see_contact
from advocacy.recruiting.board import row
from advocacy.recruiting.evidence import shown
from advocacy.recruiting.forms import LinkForm, NotNowForm, PlanForm
from advocacy.recruiting.permissions import get_recruitment_to_change, get_recruitment_to_see, knows_the_customer
from advocacy.workflow import history_of

Status = Recruitment.Status
# Whoever put the person forward reads why not now; what happened at an interview is for those who look after the customer.
SAID_TO_ALL = {Status.NOT_NOW}


@require_safe
@login_required
def recruitment(request, pk):
    return _page(request, get_recruitment_to_see(request.user, pk), now=timezone.now())


@require_POST
@login_required
def step(request, pk, step):
    """One step along the pipeline; a broken rule or a wrong field leaves everything as it was, with what was typed."""
    if step not in STEPS:
        raise Http404
    found, now = get_recruitment_to_change(request.user, pk), timezone.now()
    form = _forms(request.user, found, now, data=request.POST, bound=step).get(step)
    if form is not None and not form.is_valid():
        return _page(request, found, now=now, **{step: form})
    fields = form.cleaned_data if form is not None else {}
    try:
        done = STEPS[step](recruitment=found, by=request.user, now=now, **fields)
    except RuleBroken as error:
        messages.warning(request, str(error))
        return _page(request, found, now=now, **({step: form} if form else {}))
    if isinstance(done, Interview) and step == "begin":
        return redirect(done)
    messages.success(request, SAID[step])
    return redirect(found)


STEPS = {
    "take-up": services.take_up,
    "plan": services.plan_interview,
    "begin": services.begin_interview,
    "not-now": services.not_now,
    "activate": services.make_active,
    "link": services.link_recruit,
}
SAID = {
    "take-up": _("Nominated. Next comes the interview."),
    "plan": _("Planned. Whoever holds the interview has a mail with an entry for the calendar."),
    "not-now": _("Noted. They come back to the list on that day."),
    "activate": _("An active advocate, from now on found in the search."),
    "link": _("Linked. Whoever looks after the company has been told."),
}


def _page(request, found, *, now, **bound):
    user = request.user
    knows = knows_the_customer(user, found)
    forms = _forms(user, found, now) | bound if looks_after(user, found.advocate.account) else {}
    states = dict(Status.choices)
    context = {
        "recruitment": found,
        "advocate": found.advocate,
        "row": row(found, now),
        "knows": knows,
        "may_change": bool(forms) or looks_after(user, found.advocate.account),
        "sees_contact": may_see_contact(user, found.advocate),
        "evidence": shown(found.evidence) if knows else [],
        "recommendations": found.recommendations.select_related("by"),
        "introductions": found.introductions.prefetch_related("activities") if knows else [],
        "interviews": _interviews(user, found) if knows else [],
        "history": [
            (states.get(change.to_status), change, knows or change.to_status in SAID_TO_ALL) for change in history_of(found)
        ],
        "matches": _matches(user, found),
        "plan": forms.get("plan"),
        "not_now": forms.get("not-now"),
        "link": forms.get("link"),
        "now": now,
    }
    return render(request, "advocacy/recruiting/recruitment.html", context)


def _forms(user, found, now, data=None, bound=""):
    """The forms that the state of things offers, the one that was sent with what was typed."""
    planned = found.interviews.filter(outcome=Interview.Outcome.PLANNED).select_related("interviewer").first()
    makers = {
        "plan": lambda sent: PlanForm(sent, user=user, recruitment=found, interview=planned),
        "not-now": lambda sent: NotNowForm(sent, now=now),
        "link": lambda sent: LinkForm(sent, user=user),
    }
    return {name: make(data if name == bound else None) for name, make in makers.items()}


def _interviews(user, found):
    seen = set(Interview.objects.visible_to(user).filter(recruitment=found).values_list("pk", flat=True))
    return [(interview, interview.pk in seen) for interview in found.interviews.select_related("interviewer")]


def _matches(user, found):
    """For those who may decide on them."""
    pairs = PersonMatch.objects.open() if user.runs_program else PersonMatch.objects.none()
    return pairs.filter(advocate=found.advocate_id) | pairs.filter(other=found.advocate_id)

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from advocacy import services
from advocacy.exceptions import RuleBroken
from advocacy.models import Interview, Recruitment
from advocacy.recruiting.calendar import entry
from advocacy.recruiting.forms import InterviewForm, MissedForm
from advocacy.recruiting.permissions import get_interview
from advocacy.recruiting.words import QUESTIONS

NOT_KEPT = {"csrfmiddlewaretoken", "keep"}
MOST = 200_000  # characters of a draft


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def interview(request, pk):
    """What to ask, and one form for everything that is said."""
    found, now = get_interview(request.user, pk), timezone.now()
    if "keep" in request.POST:
        _keep(request, found, now)
        messages.success(request, _("Kept as it stands. Come back when you like; nothing counts before you save it."))
        return redirect(found)
    draft = getattr(found, "draft", None)
    form = InterviewForm(
        request.POST or None,
        interview=found,
        user=request.user,
        now=now,
        draft=draft.data if draft and not request.POST else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. Profile, willingness, story and consents hold what you wrote."))
            return redirect(found.recruitment or found)
    context = {
        "interview": found,
        "advocate": found.advocate,
        "form": form,
        "draft": None if request.POST else draft,
        "questions": QUESTIONS,
        "missed": MissedForm() if found.outcome == Interview.Outcome.PLANNED and found.planned_for else None,
        "is_over": found.outcome not in (Interview.Outcome.PLANNED, Interview.Outcome.HELD),
        "may_activate": bool(found.recruitment) and found.recruitment.status == Recruitment.Status.INTERVIEWED,
        "now": now,
    }
    return render(request, "advocacy/recruiting/interview.html", context)


@require_POST
@login_required
def draft(request, pk):
    """What is typed is kept every few seconds, as it stands."""
    found, now = get_interview(request.user, pk), timezone.now()
    _keep(request, found, now)
    return render(request, "advocacy/recruiting/_kept.html", {"saved_at": now, "now": now})


def _keep(request, found, now):
    data = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    if sum(len(value) for values in data.values() for value in values) <= MOST:
        services.keep_draft(interview=found, data=data, by=request.user, now=now)


@require_POST
@login_required
def missed(request, pk):
    found = get_interview(request.user, pk)
    form = MissedForm(request.POST)
    if form.is_valid():
        try:
            services.miss_interview(interview=found, by=request.user, why=form.cleaned_data["why"], now=timezone.now())
            messages.success(request, _("Noted. Plan a new time."))
        except RuleBroken as error:
            messages.warning(request, str(error))
    return redirect(found.recruitment or found)


@require_safe
@login_required
def calendar(request, pk):
    """The interview as an entry for the calendar."""
    found = get_interview(request.user, pk)
    if found.planned_for is None:
        raise Http404
    file = entry(found, now=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.text, content_type=f"{file.type}; charset=utf-8", headers=headers)

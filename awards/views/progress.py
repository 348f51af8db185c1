"""Judges and progress: who reads what, who has how much left, and a nudge."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from advocacy.exceptions import RuleBroken
from awards import permissions, services
from awards.forms import AssignForm, CategoriesForm, ModeForm, ReasonForm
from awards.progress import ProgressPage


@require_safe
@login_required
def progress(request, slug):
    program = permissions.get_program_to_run(request.user, slug)
    page = ProgressPage(
        program, now=timezone.now(), number=request.GET.get("page", 1), only_gaps=request.GET.get("show") == "short"
    )
    page.obstacles()
    context = {"program": program, "page": page, "mode_form": ModeForm(instance=program), "categories": program.categories.all()}
    return render(request, "awards/progress.html", context)


@require_POST
@login_required
def share_out(request, slug):
    """Keep the mode and hand out by it; `afresh` moves what nobody has begun."""
    program = permissions.get_program_to_run(request.user, slug)
    form, afresh, now = ModeForm(request.POST, instance=program), "afresh" in request.POST, timezone.now()
    if (form.has_changed() or afresh) and not _try(
        request, services.refuse_to_lighten_own_desk, program=program, by=request.user, now=now
    ):
        return redirect("judging-progress", slug)
    if form.is_valid():
        form.save()
        added = services.assign_judges(program=program, now=now, afresh=afresh)
        if program.in_judging(now):
            words = ngettext("Handed out: %(added)s new assignment.", "Handed out: %(added)s new assignments.", added)
            messages.success(request, words % {"added": added})
        else:
            messages.success(request, _("Kept. Nominations are handed out when judging opens."))
    return redirect("judging-progress", slug)


@require_POST
@login_required
def assign(request, slug, pk):
    nomination = permissions.get_nomination_to_assign(request.user, slug, pk)
    form = AssignForm(request.POST, program=nomination.program)
    if form.is_valid():
        judge = form.cleaned_data["judge"]
        _try(request, services.assign_by_hand, judge=judge, nomination=nomination, now=timezone.now())
    return _back(request, slug)


@require_POST
@login_required
def take(request, slug, pk):
    assignment = permissions.get_assignment_to_take(request.user, slug, pk)
    _try(request, services.take_from_judge, assignment=assignment, by=request.user, now=timezone.now())
    return _back(request, slug)


@require_POST
@login_required
def categories(request, slug, pk):
    judge = permissions.get_judge_to_change(request.user, slug, pk)
    form = CategoriesForm(request.POST, judge=judge)
    if form.is_valid():
        judge.categories.set(form.cleaned_data["categories"])
        services.assign_judges(program=judge.program, now=timezone.now())
    return _back(request, slug)


@login_required
def remove(request, slug, pk):
    judge = permissions.get_judge_to_change(request.user, slug, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why this judge leaves"))
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_judge(judge=judge, by=request.user, why=form.cleaned_data["reason"], now=timezone.now())
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(judge)s judges no more. What was open is handed to others.") % {"judge": judge})
            return redirect("judging-progress", slug)
    return render(request, "awards/remove_judge.html", {"program": judge.program, "judge": judge, "form": form})


@require_POST
@login_required
def nudge(request, slug, pk):
    judge = permissions.get_judge_to_change(request.user, slug, pk)
    if _try(request, services.nudge_judge, judge=judge, now=timezone.now()):
        messages.success(request, _("A reminder goes to %(judge)s.") % {"judge": judge})
    return _back(request, slug)


def _back(request, slug):
    """To the page it was pressed on: the numbers are checked, the rest of the address is ours."""
    number = request.POST.get("page", "")
    response = redirect("judging-progress", slug)
    if number.isdecimal():
        response["Location"] += f"?page={number}"
    return response


def _try(request, service, **arguments):
    try:
        service(**arguments)
    except RuleBroken as error:
        messages.error(request, str(error))
        return False
    return True

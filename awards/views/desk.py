"""The judging desk: my queue, and one nomination a page."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from awards import evidence, rubric, services
from awards.exceptions import AnswersNotTaken
from awards.forms import ReasonForm, ScoresForm
from awards.models import Assignment, Criterion
from awards.permissions import get_assignment_to_judge, require_desk
from awards.services.scores import components_of
from nominations.walltime import in_words


@login_required
def queue(request):
    require_desk(request.user)
    now = timezone.now()
    mine = list(Assignment.objects.on_the_desk(request.user))
    groups = [
        _group(program, list(assignments), now)
        for program, assignments in groupby(mine, key=lambda assignment: assignment.judge.program)
    ]
    # What can be worked on first; what is over last.
    groups.sort(key=lambda group: (not group["is_open"], group["program"].judging_closes_at))
    return render(request, "awards/queue.html", {"groups": groups})


def _group(program, assignments, now):
    still_open = [assignment for assignment in assignments if _is_open(assignment)]
    is_open = program.in_judging(now)
    return {
        "program": program,
        "assignments": sorted(assignments, key=lambda assignment: not _is_open(assignment)),
        "is_open": is_open,
        "next": still_open[0] if still_open and is_open else None,
        "done": len(assignments) - len(still_open),
        "total": len(assignments),
        "deadline": in_words(program.judging_closes_at, program.time_zone),
    }


def _is_open(assignment):
    nomination = assignment.nomination
    return assignment.status == Assignment.Status.OPEN and nomination.status == nomination.Status.SUBMITTED


@login_required
def assignment(request, pk):
    """One nomination to score; a conflict of interest found by now is kept out before anything is shown."""
    assignment, now = get_assignment_to_judge(request.user, pk), timezone.now()
    if assignment.judge.program.in_judging(now):
        services.keep_conflict_out(assignment=assignment, now=now)
    if request.method != "POST":
        return _page(request, assignment, _form(assignment), now)
    form = _form(assignment, request.POST)
    if form.is_valid() and _saved(request, form, now):
        return redirect(*_after(request, form.assignment))
    return _page(request, assignment, form, now)


def _form(assignment, data=None):
    return ScoresForm(data, assignment=assignment, components=components_of(assignment.judge))


def _saved(request, form, now):
    """Keep the answers, or put the sentence where it belongs; what was entered stays on the page."""
    try:
        form.assignment = form.save(by=request.user, now=now)
    except AnswersNotTaken as error:
        for component_id, sentence in error.errors.items():
            form.add_error(form.name_of(component_id), sentence)
        return False
    except RuleBroken as error:
        form.add_error(None, str(error))
        return False
    if form.assignment.status == Assignment.Status.DONE:
        messages.success(request, _("Saved: %(nomination)s is done.") % {"nomination": form.assignment.nomination})
    else:
        messages.info(request, _("Kept what you entered. It counts when every question has an answer."))
    return True


def _after(request, assignment):
    """Save stays; Save and next goes to the next open nomination of the program, or back to the queue."""
    if "next" not in request.POST:
        return "judging-assignment", assignment.pk
    following = _next_open(request.user, assignment)
    return ("judging-assignment", following.pk) if following else ("judging-queue",)


def _next_open(user, assignment):
    """The next one in order, then round to those skipped before; never the same page again."""
    waiting = Assignment.objects.of(user).open().filter(judge=assignment.judge_id).exclude(pk=assignment.pk).order_by("pk")
    return waiting.filter(pk__gt=assignment.pk).first() or waiting.first()


def _page(request, assignment, form, now):
    program = assignment.judge.program
    progress = Assignment.objects.filter(judge=assignment.judge)
    open_pks = list(progress.open().order_by("pk").values_list("pk", flat=True))
    return render(
        request,
        "awards/assignment.html",
        {
            "assignment": assignment,
            "nomination": assignment.nomination,
            "program": program,
            "categories": [entry.category for entry in assignment.nomination.entries.select_related("category")],
            "form": form,
            "criteria": _questions_by_criterion(assignment, form),
            "can_score": _can_score(assignment, program, now),
            "is_open": program.in_judging(now),
            "open_count": len(open_pks),
            "deadline": in_words(program.judging_closes_at, program.time_zone),
            "recuse_form": ReasonForm(
                auto_id="recuse-%s",
                label=_("Why you recuse yourself"),
                help_text=_("Such as “my brother works there”. It goes into the result."),
            ),
        },
    )


def _can_score(assignment, program, now):
    return (
        program.in_judging(now)
        and assignment.status in {Assignment.Status.OPEN, Assignment.Status.DONE}
        and assignment.nomination.status == assignment.nomination.Status.SUBMITTED
    )


def _questions_by_criterion(assignment, form):
    """Criterion label and its questions, each with the evidence that stands beside it."""
    questions = [
        {
            "component": component,
            "field": field,
            "choices": choices,
            "reading": evidence.reading_of(assignment.nomination, component),
            "evidence": f"awards/evidence/{component.code}.html" if component.code in WITH_EVIDENCE else None,
        }
        for component, field, choices in form.questions()
    ]
    ledger = _ledger(assignment, questions)
    for question in questions:
        question["ledger"] = ledger if question["component"].code == rubric.RESPONSIVENESS else None
    return [
        (Criterion(criterion).label, list(group))
        for criterion, group in groupby(questions, key=lambda question: question["component"].criterion)
    ]


WITH_EVIDENCE = {rubric.MEASURABLE_OUTCOME, rubric.BEFORE_STATE, rubric.HUMAN_ELEMENT, rubric.COMFORT}


def _ledger(assignment, questions):
    if any(question["component"].code == rubric.RESPONSIVENESS for question in questions):
        return evidence.ledger_facts(assignment.nomination.nominee)
    return None


@require_POST
@login_required
def recuse(request, pk):
    assignment = get_assignment_to_judge(request.user, pk)
    form = ReasonForm(request.POST, required=False)
    if not form.is_valid():
        messages.error(request, form.errors["reason"][0])
        return redirect("judging-assignment", pk)
    reason = form.cleaned_data["reason"]
    if _try(request, services.recuse, assignment=assignment, reason=reason, by=request.user, now=timezone.now()):
        messages.success(request, _("You are recused from this nomination."))
        return redirect("judging-queue")
    return redirect("judging-assignment", pk)


@require_POST
@login_required
def abstain(request, pk):
    assignment = get_assignment_to_judge(request.user, pk)
    if _try(request, services.abstain, assignment=assignment, by=request.user, now=timezone.now()):
        messages.success(request, _("You abstain from this nomination. Until judging closes you can take it up again."))
        return redirect("judging-queue")
    return redirect("judging-assignment", pk)


@require_POST
@login_required
def reopen(request, pk):
    assignment = get_assignment_to_judge(request.user, pk)
    _try(request, services.reopen, assignment=assignment, by=request.user, now=timezone.now())
    return redirect("judging-assignment", pk)


def _try(request, service, **arguments):
    try:
        service(**arguments)
    except RuleBroken as error:
        messages.error(request, str(error))
        return False
    return True

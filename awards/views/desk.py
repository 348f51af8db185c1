"""The judging desk: my queue, and one nomination a page. Staff and guests come in by their own doors."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.walltime import in_words
from awards import services
from awards.desk_progress import is_open, progress_of, state_in_words
from awards.exceptions import AnswersNotTaken
from awards.files import files_for
from awards.forms import ReasonForm, ScoresForm
from awards.models import Assignment, RubricComponent
from awards.permissions import get_assignment_at
from awards.questions import add_evidence, questions_by_criterion
from awards.services.recusal import is_fixed
from awards.services.scores import components_of
from awards.story import headline_of, label_of, story_of
from awards.views.entrances import for_guests, for_staff


def _queue(request, seat):
    now = timezone.now()
    appointments = {judge.program_id: judge for judge in seat.appointments}
    by_program = {
        pk: list(rows) for pk, rows in groupby(Assignment.objects.on_the_desk(seat.actor), key=lambda one: one.judge.program_id)
    }
    asked = _questions_by_criterion(appointments)
    groups = [_group(judge, by_program.get(judge.program_id, []), asked, now) for judge in appointments.values()]
    # What can be worked on first; what is over last.
    groups = sorted(
        (group for group in groups if group["rows"] or not group["is_closed"]),
        key=lambda group: (not group["is_open"], group["is_closed"], group["program"].judging_closes_at, group["program"].pk),
    )
    return render(request, "awards/queue.html", {"seat": seat, "groups": groups})


def _questions_by_criterion(appointments):
    """Program and criterion of every question, to say how many of them are answered."""
    return list(RubricComponent.objects.filter(program__in=appointments).values_list("program_id", "criterion"))


def _group(judge, assignments, asked, now):
    program = judge.program
    questions = sum(asked.count((program.pk, criterion)) for criterion in judge.criteria)
    waiting = [assignment for assignment in assignments if is_open(assignment)]
    judging_is_open = program.in_judging(now)
    assignments = sorted(assignments, key=lambda assignment: not is_open(assignment))
    return {
        "judge": judge,
        "program": program,
        "rows": [_row(assignment, questions, judging_is_open) for assignment in assignments],
        "is_open": judging_is_open,
        "is_closed": now > program.judging_closes_at,
        "next": waiting[0] if waiting and judging_is_open else None,
        "practises_first": judge.practised_at is None and not any(one.status == one.Status.DONE for one in assignments),
        "progress": progress_of(assignments),
        "opens": in_words(program.judging_opens_at, program.time_zone),
        "deadline": in_words(program.judging_closes_at, program.time_zone),
    }


def _row(assignment, questions, judging_is_open):
    state = state_in_words(assignment, answered=assignment.answered_count, questions=questions, judging_is_open=judging_is_open)
    return {"pk": assignment.pk, "label": label_of(assignment), "headline": headline_of(assignment), "state": state}


def _assignment(request, seat, pk):
    """One nomination to score; a conflict of interest found by now is kept out before anything is shown."""
    assignment, now = get_assignment_at(seat, pk), timezone.now()
    if assignment.judge.program.in_judging(now):
        services.keep_conflict_out(assignment=assignment, now=now)
    if request.method != "POST":
        return _page(request, seat, assignment, _form(assignment), now)
    form = _form(assignment, request.POST)
    if form.is_valid() and _saved(request, seat, form, now):
        return redirect(address_after(seat, form.assignment, goes_on="next" in request.POST))
    return _page(request, seat, assignment, form, now)


def _form(assignment, data=None):
    return ScoresForm(data, assignment=assignment, components=components_of(assignment.judge))


def _saved(request, seat, form, now):
    """Keep the answers, or put the sentence where it belongs; what was entered stays on the page."""
    try:
        form.assignment = form.save(by=seat.actor, now=now)
    except AnswersNotTaken as error:
        for component_id, sentence in error.errors.items():
            form.add_error(form.name_of(component_id), sentence)
        return False
    except RuleBroken as error:
        form.add_error(None, str(error))
        return False
    tell_saved(request, form.assignment)
    return True


def tell_saved(request, assignment):
    if assignment.status == Assignment.Status.DONE:
        messages.success(request, _("Saved: %(nomination)s is done.") % {"nomination": label_of(assignment)})
    else:
        messages.info(request, _("Kept what you entered. It counts when every question has an answer."))


def address_after(seat, assignment, *, goes_on):
    """Save stays; Save and next goes to the next open nomination of the program, or back to the queue."""
    if not goes_on:
        return seat.address("assignment", assignment.pk)
    following = _next_open(seat, assignment)
    return seat.address("assignment", following.pk) if following else seat.address("queue")


def _next_open(seat, assignment):
    """The next one in order, then round to those skipped before; never the same page again."""
    waiting = seat.assignments.open().filter(judge=assignment.judge_id).exclude(pk=assignment.pk).order_by("pk")
    return waiting.filter(pk__gt=assignment.pk).first() or waiting.first()


def _page(request, seat, assignment, form, now):
    program, nomination = assignment.judge.program, assignment.nomination
    fixed = is_fixed(assignment, now)
    return render(
        request,
        "awards/assignment.html",
        {
            "seat": seat,
            "assignment": assignment,
            "story": story_of(assignment),
            # Guests read the story and nothing else of it.
            "nomination": None if seat.is_guest else nomination,
            "in_running": nomination.status == nomination.Status.SUBMITTED,
            "is_locked_down": not seat.is_guest and nomination.account and nomination.account.publicity_status == "locked_down",
            "files": files_for(assignment),
            "program": program,
            "categories": [entry.category for entry in nomination.entries.select_related("category")],
            "form": form,
            "criteria": add_evidence(questions_by_criterion(form), assignment),
            "can_score": _can_score(assignment, program, now) and not fixed,
            "is_fixed": fixed,
            "is_open": program.in_judging(now),
            "is_last": _is_last_judge(assignment),
            "deadline": in_words(program.judging_closes_at, program.time_zone),
            "recuse_form": ReasonForm(
                auto_id="recuse-%s",
                label=_("Why you recuse yourself"),
                help_text=_("Such as “my brother works there”. It goes into the result."),
            ),
            **_places(seat, assignment),
        },
    )


def _places(seat, assignment):
    """The whole queue of this program, to jump about in: this one's place, its neighbours and how far the judge is."""
    mine = [one for one in Assignment.objects.on_the_desk(seat.actor) if one.judge_id == assignment.judge_id]
    at = [one.pk for one in mine].index(assignment.pk)
    return {
        "jump": [{"pk": one.pk, "label": label_of(one), "state": _short_state(one)} for one in mine],
        "place": at + 1,
        "before": mine[at - 1].pk if at else None,
        "after": mine[at + 1].pk if at + 1 < len(mine) else None,
        "progress": progress_of(mine),
    }


def _short_state(assignment):
    return state_in_words(assignment, answered=0, questions=0, judging_is_open=True)


def _is_last_judge(assignment):
    """Whether everybody else before whom this nomination was has left it: then nobody scores it without this judge."""
    others = Assignment.objects.filter(nomination=assignment.nomination_id).exclude(pk=assignment.pk)
    return not others.filter(status__in=[Assignment.Status.OPEN, Assignment.Status.DONE]).exists()


def _can_score(assignment, program, now):
    return (
        program.in_judging(now)
        and assignment.status in {Assignment.Status.OPEN, Assignment.Status.DONE}
        and assignment.nomination.status == assignment.nomination.Status.SUBMITTED
    )


queue, guest_queue = for_staff(_queue), for_guests(_queue)
assignment, guest_assignment = for_staff(_assignment), for_guests(_assignment)

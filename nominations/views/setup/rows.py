"""Steps that are lists: categories, prizes, people, occasions, questions."""

from dataclasses import dataclass

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from advocacy.text import row_number
from nominations.exceptions import CategoryInUse
from nominations.forms.setup import (
    CategoryForm,
    PrizeForm,
    PrizeTextForm,
    QuestionForm,
    TeamMemberForm,
    TouchPointForm,
    WinnersForm,
)
from nominations.models import Category
from nominations.permissions import get_program_to_set_up
from nominations.services import move_nominations, remove_category
from nominations.services.categories import why_it_stays
from nominations.views.setup.context import path_context, step_url
from nominations.views.setup.saving import save_program, save_row


@dataclass(frozen=True)
class Kind:
    """`rows` is the program's relation; `about` a form of the program that belongs to the same step."""

    form: type[django_forms.ModelForm]
    rows: str
    add: str
    nothing: str
    about: type[django_forms.ModelForm] | None = None


KINDS = {
    "categories": Kind(
        CategoryForm,
        "categories",
        gettext_lazy("Add a category"),
        gettext_lazy("No category yet. Two or three that somebody will use are better than ten."),
        WinnersForm,
    ),
    "prizes": Kind(
        PrizeForm,
        "prize_list",
        gettext_lazy("Add a prize"),
        gettext_lazy("No prize yet. A donation in the customer's name costs little and is told for years."),
        PrizeTextForm,
    ),
    "team": Kind(TeamMemberForm, "team", gettext_lazy("Add somebody"), gettext_lazy("Nobody yet. Begin with the owner.")),
    "touch-points": Kind(
        TouchPointForm,
        "touch_points",
        gettext_lazy("Add a touch-point"),
        gettext_lazy("None yet. Begin with the next conference or newsletter your customers see."),
    ),
    "questions": Kind(
        QuestionForm,
        "questions",
        gettext_lazy("Add a question"),
        gettext_lazy("None yet. Begin with “Will it cost us anything?” and “Who sees what we write?”."),
    ),
}


def rows_page(request, program, slug):
    """The list, the form to add to it, and where there is one the form of the program above it."""
    kind = KINDS[slug]
    about = kind.about and kind.about(instance=program, user=request.user, prefix="about")
    form = kind.form(program=program)
    if request.method == "POST":
        if kind.about and "about" in request.POST:
            sent = about = save_program(request, program, kind.about, prefix="about")
        else:
            sent = form = save_row(request, program, kind.form)
        if sent.is_valid():
            return redirect(step_url(program, slug))
    context = {"form": form, "about": about, "kind": kind, "rows": _rows(program, kind)}
    return render(request, "nominations/setup/rows.html", path_context(program, slug) | context)


def _rows(program, kind):
    rows = getattr(program, kind.rows)
    # A prize names its category, a member of the team the person.
    names = {"prize_list": ["category"], "team": ["user"]}.get(kind.rows)
    return rows.select_related(*names) if names else rows.all()


@login_required
def row(request, slug, step, pk):
    """One row of a list, to change."""
    program, kind, shown = _get_row(request.user, slug, step, pk)
    form = kind.form(instance=shown, program=program)
    if request.method == "POST":
        form = save_row(request, program, kind.form, row=shown)
        if form.is_valid():
            return redirect(step_url(program, step))
        shown = _get_row(request.user, slug, step, pk)[2]
    return render(request, "nominations/setup/row.html", path_context(program, step) | {"form": form, "row": shown})


@login_required
def remove(request, slug, step, pk):
    """Asks first. A category with nominations in it stays, and the page shows where they can go."""
    program, kind, shown = _get_row(request.user, slug, step, pk)
    if request.method == "POST":
        try:
            _remove(shown)
        except CategoryInUse as error:
            messages.warning(request, str(error))
            return redirect("program-setup-row-remove", slug, step, pk)
        messages.success(request, _("Removed."))
        return redirect(step_url(program, step))
    context = {"row": shown, "kind": kind}
    if step == "categories":
        others = program.categories.exclude(pk=pk)
        context |= {"stays": why_it_stays(shown), "others": others, "prizes": shown.prizes.all()}
    return render(request, "nominations/setup/remove.html", path_context(program, step) | context)


def _remove(row):
    if isinstance(row, Category):
        remove_category(category=row)
    else:
        row.delete()


@require_POST
@login_required
def move(request, slug, pk):
    """Put the nominations of a category into another, so that it can go."""
    program, _kind, category = _get_row(request.user, slug, "categories", pk)
    to = get_object_or_404(program.categories, pk=row_number(request.POST.get("to", "")))
    try:
        moved = move_nominations(category=category, to=to, now=timezone.now())
    except CategoryInUse as error:
        messages.warning(request, str(error))
    else:
        words = ngettext("One nomination is in “%(to)s” now.", "%(number)s nominations are in “%(to)s” now.", moved)
        messages.success(request, words % {"number": moved, "to": to})
    return redirect("program-setup-row-remove", slug, "categories", pk)


def _get_row(user, slug, step, pk):
    program = get_program_to_set_up(user, slug)
    if step not in KINDS:
        raise Http404
    return program, KINDS[step], get_object_or_404(getattr(program, KINDS[step].rows), pk=pk)

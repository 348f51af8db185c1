"""Trials: other weights and floors, and the panel without one judge. Nothing here is stored."""

from dataclasses import dataclass, replace
from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from awards import permissions, standings
from awards.forms import WhatIfForm
from awards.leaving_out import LeavingOut
from awards.standings import Basis, Order
from awards.trials import Comparison, Move
from nominations.models import Category

ROWS = 50
FEWEST = 10


@dataclass(frozen=True)
class Trial:
    """One category in the order of a trial: those at the top, and who would win or lose a place."""

    category: Category | None
    comparison: Comparison
    shown: list[tuple[Move, standings.Row | None]]
    total: int
    page: Page | None = None


@require_safe
@login_required
def what_if(request, slug):
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    basis = standings.basis_of(program)
    form = _form(request, basis)
    trials = []
    if form.is_bound and form.is_valid():
        rules = replace(basis.rules, **{name: _exact(value) for name, value in form.cleaned_data.items()})
        trials = _trials(request, program, basis, lambda order: basis.what_if(order, rules))
    template = "awards/trials/_what_if.html" if request.htmx else "awards/trials/what_if.html"
    context = {"program": program, "form": form, "trials": trials, "rules": basis.rules, "is_asked": form.is_bound}
    return render(request, template, context | _choice(request, program, basis))


def _form(request, basis):
    rules = basis.rules
    own = {
        "story_weight": rules.story_weight,
        "story_floor": float(rules.story_floor),
        "partnership_floor": float(rules.partnership_floor),
    }
    asked = any(name in request.GET for name in own)
    return WhatIfForm(request.GET if asked else None, initial=own)


def _exact(value):
    return value if isinstance(value, int) else Fraction(value)


@require_safe
@login_required
def without_judge(request, slug):
    """Each judge with what would change without them; one of them chosen, the order without that one."""
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    page = LeavingOut(program)
    judge = page.judge(request.GET.get("judge", ""))
    trials = []
    if judge:
        trials = _trials(request, program, page.basis, lambda order: page.basis.without_judge(order, judge.pk))
    context = {"program": program, "page": page, "judge": judge, "trials": trials}
    return render(request, "awards/trials/without_judge.html", context | _choice(request, program, page.basis))


def _choice(request, program, basis):
    known = {order.category for order in basis.orders}
    categories = [category for category in program.categories.all() if category.pk in known]
    chosen = request.GET.get("category", "")
    return {"categories": categories, "category": chosen if chosen in {str(one.pk) for one in categories} else ""}


def _trials(request, program, basis: Basis, compare) -> list[Trial]:
    chosen = _choice(request, program, basis)["category"]
    orders = [order for order in basis.orders if not chosen or str(order.category) == chosen]
    compared = [(order, compare(order)) for order in orders]
    cut = [(order, comparison, *_cut(request, comparison, chosen, len(orders))) for order, comparison in compared]
    rows = iter(standings.rows_of([place for order, _comparison, moves, _page in cut for place in _places(order, moves)]))
    by_pk = {category.pk: category for category in program.categories.all()}
    return [
        Trial(by_pk.get(order.category), comparison, [(move, next(rows)) for move in moves], len(order.places), page)
        for order, comparison, moves, page in cut
    ]


def _cut(request, comparison, chosen, orders):
    """A page of one category; of several the top, and below it whoever would win or lose a place."""
    if chosen:
        page = Paginator(comparison.moves, ROWS).get_page(request.GET.get("page", 1))
        return list(page.object_list), page
    top = max(FEWEST, ROWS // orders)
    below = [move for move in comparison.moves[top:] if move.gains_place or move.loses_place]
    return [*comparison.moves[:top], *below[:FEWEST]], None


def _places(order: Order, moves: list[Move]):
    by_pk = {place.runner.nomination: place for place in order.places}
    return [by_pk[move.nomination] for move in moves]

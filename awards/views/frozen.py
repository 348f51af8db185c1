"""Frozen results: freezing, the list of them, each one as it was, and the file its hash belongs to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from advocacy.exceptions import RuleBroken
from awards import freezing, permissions, remarks, standings
from awards.forms import FreezeForm
from awards.models import Result, Winner
from awards.services.announcement import chosen
from nominations.models import Program


@login_required
def freeze(request, slug):
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    newest = Result.objects.newest_of(program)
    form = FreezeForm(request.POST if request.method == "POST" else None, is_first=newest is None)
    if request.method == "POST" and form.is_valid():
        try:
            result = form.save(program=program, by=request.user, now=now)
        except RuleBroken as error:
            messages.error(request, str(error))
            return redirect("results-frozen", slug)
        messages.success(request, _("Frozen as result %(number)s.") % {"number": result.number})
        return redirect("results-frozen-one", slug, result.number)
    context = {"program": program, "newest": newest, "form": form, "is_closed": now > program.judging_closes_at}
    return render(request, "awards/frozen/freeze.html", context | _what_would_be_frozen(program))


def _what_would_be_frozen(program):
    orders = standings.live_orders(program)
    winners = list(chosen(program))
    taken = {winner.category_id for winner in winners}
    by_pk = {category.pk: category for category in program.categories.all()}
    return {
        "winners": winners,
        "without_winner": [category for pk, category in by_pk.items() if pk not in taken],
        "reserves": [(by_pk[order.category], _count_reserves(order)) for order in orders if order.category],
        "contested": remarks.contested(program, orders),
        "remarks": remarks.on(program, orders),
    }


def _count_reserves(order):
    return sum(place.standing.rank is not None and place.runner.is_free for place in order.places)


@require_safe
@login_required
def frozen_list(request, slug):
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    results = Result.objects.filter(program=program).select_related("frozen_by").defer("payload", "notes").order_by("-number")
    return render(
        request,
        "awards/frozen/list.html",
        {"program": program, "results": list(results), "is_closed": timezone.now() > program.judging_closes_at},
    )


@require_safe
@login_required
def frozen(request, slug, number):
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    result = _result(program, number)
    context = {
        "program": program,
        "result": result,
        "is_intact": freezing.is_intact(result),
        "is_newest": not Result.objects.filter(program=program, number__gt=number).exists(),
        "tables": _tables(program, result),
        "method": standings.rules_in(result.payload),
        "places": result.payload["method"]["winners_per_category"],
        "tie_rule": Program.TieRule(result.payload["method"]["tie_rule"]).label,
        "ties": _ties(result),
    }
    return render(request, "awards/frozen/one.html", context)


def _ties(result):
    words = result.notes.get("tie_decisions", {})
    entries = {place["entry"]: place["nomination"] for one in result.payload["categories"] for place in one["order"]}
    names = result.notes.get("nominations", {})
    return [
        (one["place"], names.get(str(entries.get(one["entry"])), one["entry"]), words.get(str(one["entry"]), ""))
        for one in result.payload.get("tie_decisions", [])
    ]


SHOWN = 25


def _tables(program, result):
    """Category, the rows of winners and first reserves, how many there are in all."""
    orders = standings.frozen_orders(program, result)
    frozen = {category["id"]: category for category in result.payload["categories"]}
    by_pk = {category.pk: category for category in program.categories.all()}
    cut = [order.places[:SHOWN] for order in orders]
    rows = iter(standings.rows_of([place for places in cut for place in places]))
    return [
        {
            "category": by_pk.get(order.category),
            "rows": [_row(place, next(rows), frozen[order.category]) for place in places],
            "total": len(order.places),
        }
        for order, places in zip(orders, cut, strict=True)
    ]


def _row(place, row, category):
    entry = place.runner.entry
    reserve = category["reserves"].index(entry) + 1 if entry in category["reserves"] else None
    return {
        "standing": place.standing,
        "nomination": row.nomination if row else None,
        "is_winner": entry in category["winners"],
        "out_of_order": entry in category["overrides"],
        "reserve": reserve,
        "answer": _answer(row),
    }


def _answer(row):
    return row.winner.get_status_display() if row and isinstance(row.winner, Winner) else ""


@require_safe
@login_required
def download_frozen(request, slug, number):
    """The payload byte for byte as it was hashed: `sha256sum` of the file is the digest."""
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    result = _result(program, number)
    name = f"{program.slug}-result-{result.number}.json"
    return HttpResponse(
        freezing.canonical(result.payload),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _result(program, number):
    return get_object_or_404(Result.objects.select_related("frozen_by"), program=program, number=number)

"""Winners one looks after: preparing them, what they get, and the asks that follow."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from advocacy.exceptions import RuleBroken
from awards import permissions
from awards.forms import ItemForm, NoteForm, RecognitionForm
from awards.models import Winner
from awards.services import follow_through, preparation
from awards.winner_file import WinnerFile, with_what_is_due
from nominations.permissions import require_nominator


@require_safe
@login_required
def winner_list(request):
    now = timezone.now()
    require_nominator(request.user)
    winners = with_what_is_due(Winner.objects.looked_after_by(request.user, now).for_list(), now)
    page = Paginator(winners.order_by("-category__program__announces_at", "pk"), 50).get_page(request.GET.get("page"))
    return render(request, "awards/winner_files/list.html", {"page": page})


@require_safe
@login_required
def winner_file(request, pk):
    now = timezone.now()
    winner = permissions.get_winner_to_look_after(request.user, pk, now)
    context = {"file": WinnerFile(winner, now=now), "winner": winner, "program": winner.category.program, "item_form": ItemForm()}
    return render(request, "awards/winner_files/winner.html", context)


@require_POST
@login_required
def prepare(request, pk):
    """Write the list now, instead of waiting for the clock."""
    return _step(request, pk, lambda winner, now: preparation.prepare_winner(winner=winner, now=now))


@require_POST
@login_required
def add_item(request, pk):
    form = ItemForm(request.POST)

    def add(winner, now):
        if form.is_valid():
            preparation.add_item(winner=winner, **form.cleaned_data)
        else:
            messages.warning(request, _("Say what is to be done; a date is written as 2027-03-31."))

    return _step(request, pk, add)


@require_POST
@login_required
def tick(request, pk, item_pk):
    def change(winner, now):
        item = get_object_or_404(winner.preparation, pk=item_pk)
        if "undo" in request.POST:
            preparation.untick_item(item=item)
        else:
            preparation.tick_item(item=item, note=_text(request), by=request.user, now=now)

    return _step(request, pk, change)


@login_required
def recognition(request, pk, recognition_pk):
    """What the winner gets: cost, purpose, date, and whether it was promised and delivered."""
    now = timezone.now()
    winner = permissions.get_winner_to_look_after(request.user, pk, now)
    shown = get_object_or_404(preparation.recognitions_of(winner), pk=recognition_pk)
    form = RecognitionForm(request.POST if request.method == "POST" else None, instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            form.save_by(by=request.user, now=now)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept."))
            return redirect("winner-file", pk)
    return render(request, "awards/winner_files/recognition.html", {"winner": winner, "recognition": shown, "form": form})


STEPS = {
    "ask": lambda step, text, **who: follow_through.ask_step(step=step, **who),
    "yes": lambda step, text, **who: follow_through.record_yes(step=step, **who),
    "done": lambda step, text, **who: follow_through.record_done(step=step, outcome=text, **who),
    "no": lambda step, text, **who: follow_through.record_no(step=step, why=text, **who),
    "drop": lambda step, text, **who: follow_through.drop_step(step=step, why=text, **who),
}


@require_POST
@login_required
def follow_up(request, pk, step_pk):
    """One move of one ask of the plan; the move is a word of our own list."""

    def change(winner, now):
        step = get_object_or_404(winner.follow_through, pk=step_pk)
        if service := STEPS.get(request.POST.get("move", "")):
            service(step, _text(request), by=request.user, now=now)

    return _step(request, pk, change)


def _step(request, pk, change):
    now = timezone.now()
    winner = permissions.get_winner_to_look_after(request.user, pk, now)
    try:
        change(winner, now)
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("winner-file", pk)


def _text(request):
    form = NoteForm(request.POST)
    return form.cleaned_data["text"] if form.is_valid() else ""

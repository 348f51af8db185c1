"""Saving while typing: a page sends what changed, and what it had seen before; the answer is data."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from awards import services
from awards.exceptions import AnswersNotTaken
from awards.forms import ChangesForm
from awards.models import Assignment
from awards.permissions import get_assignment_at
from awards.services.scores import COMMENT, answers_of, components_of
from awards.views.desk import address_after, tell_saved
from awards.views.entrances import for_guests, for_staff


def _answers(request, seat, pk):
    assignment = get_assignment_at(seat, pk)
    form = ChangesForm(request.POST, components=components_of(assignment.judge))
    if not form.is_valid():
        return _refused(form.sentence)
    hand_in = "hand_in" in request.POST
    try:
        kept = services.keep_answers(
            assignment=assignment,
            answers=form.changes(),
            seen=form.seen(),
            hand_in=hand_in,
            by=seat.actor,
            now=timezone.now(),
        )
    except (AnswersNotTaken, RuleBroken) as error:
        return _refused(str(error))
    return _kept(request, seat, kept, hand_in)


def _refused(sentence):
    return JsonResponse({"state": "refused", "sentence": sentence}, status=422)


def _kept(request, seat, kept, hand_in):
    facts = {"values": _as_sent(answers_of(kept.assignment)), "is_done": kept.assignment.status == Assignment.Status.DONE}
    if not kept.is_whole:
        sentence = _(
            "This was answered elsewhere in the meantime, and that answer stands. Yours is not lost: you can still use it."
        )
        return JsonResponse(
            facts | {"state": "conflict", "sentence": sentence, "not_taken": list(_as_sent(kept.not_taken))}, status=409
        )
    if hand_in:
        tell_saved(request, kept.assignment)
        facts["next"] = address_after(seat, kept.assignment, goes_on="next" in request.POST)
    return JsonResponse(facts | {"state": "saved"})


def _as_sent(answers):
    """The names and values of the page's own fields."""
    return {
        COMMENT if key == COMMENT else ChangesForm.name_of(key): value if key == COMMENT else ChangesForm.shown(value)
        for key, value in answers.items()
    }


answers, guest_answers = require_POST(for_staff(_answers)), require_POST(for_guests(_answers))

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from nominations import guide as call
from nominations.permissions import get_nomination
from nominations.sections import PARTNERSHIP


@login_required
def guide(request, pk):
    """The questions of the call in their order, to print or to keep open beside it."""
    nomination = get_nomination(request.user, pk)
    parts = [(part, [_asked(nomination, field) for field in part.fields]) for part in (*call.CALL, call.AFTERWARDS)]
    return render(request, "nominations/guide.html", {"nomination": nomination, "parts": parts, "minutes": call.minutes()})


def _asked(nomination, field):
    """The questions of a field, and whether its answer is written already."""
    return {"questions": call.QUESTIONS[field], "is_written": _is_written(nomination, field)}


def _is_written(nomination, field):
    if field == PARTNERSHIP:
        return all(getattr(nomination, name) for name in nomination.PARTNERSHIP_FIELDS)
    if field == "nominee":
        return bool(nomination.nominee_id or nomination.nominee_as_given.get("name"))
    return bool(getattr(nomination, field))

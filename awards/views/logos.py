"""The logo of a winner: shown by consent, put there by those who look after the customer."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from advocacy.working_time import day_of
from awards.faces import face_of
from awards.permissions import get_winner_to_celebrate, get_winner_to_prepare, prepares
from awards.services.logos import remove_logo, set_logo
from nominations.public.answers import ASK_EACH_TIME, OURS


def logo(request, slug, pk):
    now = timezone.now()
    winner = get_winner_to_celebrate(request.user, slug, pk, now)
    is_ours = prepares(request.user, winner, now)
    if not winner.logo or not (is_ours or face_of(winner, day_of(now)).shows_logo):
        raise Http404
    tag = f'"{hashlib.sha256(winner.logo.name.encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag) or HttpResponse(_content(winner), content_type="image/png")
    response["ETag"] = tag
    response["Cache-Control"] = OURS if is_ours else ASK_EACH_TIME
    return response


def _content(winner):
    try:
        with winner.logo.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Http404 from None


@login_required
@require_POST
def change_logo(request, slug, pk):
    """A picture in the form is the new logo; the button to remove it sends none."""
    winner = get_winner_to_prepare(request.user, slug, pk, timezone.now())
    upload = request.FILES.get("logo")
    if "remove" in request.POST:
        remove_logo(winner=winner)
    elif upload is None:
        messages.warning(request, _("Choose a picture first."))
    else:
        try:
            set_logo(winner=winner, upload=upload)
        except RuleBroken as error:
            messages.warning(request, str(error))
    return redirect("winner", slug, pk)

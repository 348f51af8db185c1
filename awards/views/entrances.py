"""The two doors of the judging desk: signed in, or by a guest's invitation. Behind them the pages are the same."""

from functools import wraps

import pghistory
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from advocacy.exceptions import LinkUnknown, RuleBroken
from awards.exceptions import GuestStaysOut, InvitationEnded
from awards.invitations import read_seat
from awards.permissions import require_desk
from awards.seats import Seat

SESSION_KEY = "guest_link"


def for_staff(view):
    @login_required
    @wraps(view)
    def entrance(request, *args, **kwargs):
        require_desk(request.user)
        return view(request, Seat(request.user), *args, **kwargs)

    return entrance


def for_guests(view):
    """Every request looks again whether the invitation still stands."""

    @never_cache
    @wraps(view)
    def entrance(request, *args, **kwargs):
        try:
            judge = read_guest(request, timezone.now())
        except RuleBroken as error:
            return refuse(request, error)
        try:
            with pghistory.context(outsider=_("%(name)s, guest judge") % {"name": judge}):
                return view(request, Seat(judge), *args, **kwargs)
        except Http404:
            sentence = _("This nomination is not among yours, or does not exist.")
            return refuse(request, sentence, status=404, seat=Seat(judge))

    return entrance


def read_guest(request, now):
    """The judge whose link opened this browser's desk; raises GuestStaysOut or InvitationEnded."""
    refuse_who_is_signed_in(request)
    link_pk = request.session.get(SESSION_KEY)
    if link_pk is None:
        raise GuestStaysOut(_("Open the link in your invitation to come to your desk."))
    return read_seat(link_pk=link_pk, now=now)


def refuse_who_is_signed_in(request):
    """Nobody of ours scores in a guest's name, not even by mistake."""
    if request.user.is_authenticated:
        raise GuestStaysOut(
            _("You are signed in as %(name)s. A guest's desk opens only where nobody is signed in: sign out first.")
            % {"name": request.user}
        )


def refuse(request, error, *, status=None, seat=None):
    """The sentence as a page, or for a page that saves while typing as data."""
    status = status or {LinkUnknown: 404, InvitationEnded: 410}.get(type(error), 403)
    if request.headers.get("accept") == "application/json":
        return JsonResponse({"state": "signed_out", "sentence": str(error)}, status=status)
    return render(request, "awards/guest_refused.html", {"sentence": str(error), "seat": seat}, status=status)

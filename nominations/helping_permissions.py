"""Who may work on a draft with others."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from nominations.exceptions import AlreadySubmitted
from nominations.models import Nomination
from nominations.permissions import get_nomination_to_change


def get_draft_to_change(user, pk):
    """A draft, for its nominator and the advocacy team; raises AlreadySubmitted where it is none any more."""
    nomination = get_nomination_to_change(user, pk)
    if nomination.status != Nomination.Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))
    return nomination


def signed_in_again(view):
    """Whoever is signed out comes back to the form of the draft; a script is not shown the sign-in page in a corner."""

    @wraps(view)
    def answer(request, pk, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, pk, *args, **kwargs)
        to_login = redirect_to_login(reverse("nomination-edit", args=[pk]))
        return HttpResponseClientRedirect(to_login.url) if request.htmx else to_login

    return answer


def only_for_drafts(view):
    """A page of a draft that was submitted meanwhile leads to the nomination and says so."""

    @wraps(view)
    def answer(request, pk, *args, **kwargs):
        try:
            return view(request, pk, *args, **kwargs)
        except AlreadySubmitted as error:
            messages.info(request, str(error))
            place = reverse("nomination", args=[pk])
            return HttpResponseClientRedirect(place) if request.htmx else redirect(place)

    return answer

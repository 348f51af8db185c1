"""Around the pages: the second factor, characters the database takes in no text, and two people at one thing."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.contention import may_pass


def second_factor_gate(get_response):
    """Whoever runs the program sets up a second factor before anything else."""

    def middleware(request):
        if settings.REQUIRE_SECOND_FACTOR and not _stays_open(request.path) and _lacks_second_factor(request.user):
            messages.warning(request, _("People who run the program need a second factor. Set it up to go on."))
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _stays_open(path):
    """The pages needed to set it up, to sign out, and those of the monitors."""
    names = ("mfa_index", "account_reauthenticate", "account_logout", "healthz", "readyz", "metrics")
    return path.startswith(tuple(reverse(name) for name in names))


def _lacks_second_factor(user):
    if not user.is_authenticated or not user.runs_program:
        return False
    return not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def refuse_null_in_admin(get_response):
    """Our own pages clean what an address asks for; the admin's filters hand it to PostgreSQL, which refuses NUL."""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", "") and request.path.startswith(reverse("admin:index")):
            raise BadRequest
        return get_response(request)

    return middleware


class SayBusy:
    """Two people at the same thing at once: whom the database sends away is told to try again, and it is no fault."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, OperationalError) and may_pass(error):
            page = render(request, "503.html", status=503)
            page["Retry-After"] = "1"
            return page
        return None

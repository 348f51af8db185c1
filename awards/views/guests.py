"""How a guest comes in and goes: the link opens nothing by itself, the button does."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from advocacy.exceptions import RuleBroken
from advocacy.walltime import in_words
from awards import services
from awards.invitations import read_invitation
from awards.views.entrances import SESSION_KEY, refuse, refuse_who_is_signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_invitation(request, token):
    now = timezone.now()
    try:
        link = read_invitation(token=token, now=now)
        refuse_who_is_signed_in(request)
        if request.method == "POST":
            services.open_invitation(token=token, now=now)
            return _come_in(request, link)
    except RuleBroken as error:
        return refuse(request, error)
    judge, program = link.about, link.about.program
    context = {
        "judge": judge,
        "program": program,
        "inviter": services.inviter_of(judge),
        "waiting": judge.assignments.open().count(),
        "is_open": program.in_judging(now),
        "opens": in_words(program.judging_opens_at, program.time_zone),
        "deadline": in_words(program.judging_closes_at, program.time_zone),
    }
    return render(request, "awards/guest_invitation.html", context)


def _come_in(request, link):
    # A new key: whoever knew the session before it opened a desk does not get the desk with it.
    request.session.cycle_key()
    request.session[SESSION_KEY] = link.pk
    messages.success(request, _("Welcome. Your desk stays open in this browser; your link opens it again elsewhere."))
    return redirect("guest-queue")


@never_cache
@require_POST
def guest_leave(request):
    """For a browser that others use too."""
    if SESSION_KEY in request.session:
        request.session.flush()
    return render(request, "awards/guest_left.html")

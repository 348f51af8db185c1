from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from advocacy import services
from advocacy.exceptions import LinkInvalid, LinkUnknown, LinkUsed
from advocacy.limits import sent_too_often
from advocacy.recruiting.forms import IntroductionForm

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def become_an_advocate(request):
    """What it means to speak for us, and a form to offer it. Says nothing about whom we know."""
    form = IntroductionForm(request.POST or None)
    status = 200
    if form.is_valid():
        if form.is_from_a_program:
            return redirect("become-an-advocate-sent")
        if not sent_too_often(request, form="introduction", email=form.cleaned_data["email"]):
            form.save(now=timezone.now())
            return redirect("become-an-advocate-sent")
        form.add_error(None, _("That was sent too often from here. Your text is still below: please try again in an hour."))
        status = 429
    return render(request, "advocacy/recruiting/become_an_advocate.html", {"form": form}, status=status)


@require_safe
def sent(request):
    """The same page for everybody: it says nothing about which people or companies we know."""
    return render(request, "advocacy/recruiting/sent.html")


@never_cache
@require_http_methods(METHODS)
def confirm(request, token):
    """GET shows, so that a mail scanner opening the link confirms nothing; POST confirms."""
    try:
        response = _confirm(request, token, now=timezone.now())
    except LinkUsed:
        response = render(request, "advocacy/recruiting/confirmed.html")
    except LinkInvalid as error:
        status = 404 if isinstance(error, LinkUnknown) else 410
        response = render(request, "advocacy/recruiting/confirm_invalid.html", {"error": error}, status=status)
    # The address is the key to the page. Not `no-referrer`: then browsers send `Origin: null` with the answer.
    response["Referrer-Policy"] = "same-origin"
    return response


def _confirm(request, token, *, now):
    introduction = services.read_introduction(token=token, now=now)
    if request.method == "POST":
        services.confirm_introduction(token=token, now=now)
        return redirect("confirm-introduction", token)
    return render(request, "advocacy/recruiting/confirm.html", {"introduction": introduction})

"""Long work as a button begins it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from advocacy.jobs.exceptions import JobRefused
from advocacy.jobs.starting import start


def begun(request: HttpRequest, *, kind: str, params: dict, title: str, back: str) -> HttpResponseRedirect:
    """To the page of the work, or `back` to the page of the button with the sentence why not."""
    try:
        return redirect(start(kind=kind, params=params, title=title, by=request.user, now=timezone.now()))
    except JobRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(back)

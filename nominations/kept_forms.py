"""A form sent after the session ended, kept in the visitor's new session until they have signed in again.

Django keeps a visitor's session on sign-in, so this works without JavaScript. Whoever signs in sees
the text only where they may change the object it was meant for.
"""

from urllib.parse import urlencode

from django.http import QueryDict

MOST = 400_000  # characters: several times the longest nomination
NOT_KEPT = {"csrfmiddlewaretoken", "seen", "page"}


def keep(request, *, name: str) -> None:
    if request.method != "POST":
        return
    pairs = [(field, value) for field, values in request.POST.lists() if field not in NOT_KEPT for value in values]
    text = urlencode(pairs)
    if pairs and len(text) <= MOST:
        request.session["kept_form"] = {"name": name, "text": text}


def take(request, *, name: str) -> QueryDict | None:
    """What was kept under this name, once."""
    kept = request.session.get("kept_form")
    if not kept or kept["name"] != name:
        return None
    del request.session["kept_form"]
    return QueryDict(kept["text"])

"""A form sent after the session ended, kept in the visitor's new session until they have signed in again.

Django keeps a visitor's session on sign-in, so this works without JavaScript. Whoever signs in sees
the text only where they may change the object it was meant for.
"""

from urllib.parse import urlencode

from django.http import QueryDict

MOST = 400_000  # characters: several times the longest nomination
MOST_FORMS = 5  # of one session: several drafts may be open at once
NOT_KEPT = {"csrfmiddlewaretoken", "seen", "page"}


def keep(request, *, name: str) -> None:
    if request.method != "POST":
        return
    pairs = [(field, value) for field, values in request.POST.lists() if field not in NOT_KEPT for value in values]
    text = urlencode(pairs)
    if pairs and len(text) <= MOST:
        others = {other: kept for other, kept in _kept(request).items() if other != name}
        newest = list(others.items())[-(MOST_FORMS - 1) :]
        request.session["kept_forms"] = dict(newest) | {name: text}


def take(request, *, name: str) -> QueryDict | None:
    """What was kept under this name, once."""
    kept = _kept(request)
    text = kept.pop(name, None)
    if text is None:
        return None
    request.session["kept_forms"] = kept
    return QueryDict(text)


def _kept(request):
    return dict(request.session.get("kept_forms", {}))

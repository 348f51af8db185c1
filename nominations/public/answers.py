"""Answers a request for a drawing: drawn once, and not sent again to those who have it."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from nominations.artwork.drawing import Drawing
from nominations.artwork.pdf import as_pdf
from nominations.artwork.png import as_png
from nominations.artwork.svg import as_svg

KEPT_FOR = 3600  # seconds
EDITION = 1  # another number when the same drawing is to look different


class Kind(NamedTuple):
    content_type: str
    draw: Callable[[Drawing], bytes]


KINDS = {
    "png": Kind("image/png", as_png),
    "svg": Kind("image/svg+xml", as_svg),
    "pdf": Kind("application/pdf", as_pdf),
}
# Strangers may keep it a moment, but what is taken back must not be shown from a store.
MOMENT, ASK_EACH_TIME, OURS = "public, max-age=300", "no-cache", "private, no-store"


def answer_with(request, drawing: Drawing, kind: str, *, caching: str, filename: str = "") -> HttpResponse:
    """The drawing as `kind`; with `filename` as a download. The ETag follows from all that is drawn."""
    content_type, draw = KINDS[kind]
    digest = hashlib.sha256(f"{EDITION}{kind}{drawing!r}".encode()).hexdigest()[:32]
    response = get_conditional_response(request, etag=f'"{digest}"')
    if response is None:
        content = cache.get_or_set(f"drawn:{digest}", lambda: draw(drawing), KEPT_FOR)
        response = HttpResponse(content, content_type=content_type)
    response["ETag"] = f'"{digest}"'
    response["Cache-Control"] = caching
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}.{kind}"'
    return response

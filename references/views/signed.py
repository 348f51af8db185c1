"""Pages that a link in a mail opens. Reading changes nothing; the address is the key."""

from collections.abc import Collection
from datetime import datetime
from functools import wraps

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.exceptions import LinkExpired, LinkInvalid, LinkUnknown
from advocacy.links import find_link
from advocacy.models import SecretLink
from references.models import Candidate
from references.standing import DONE, OVER, SAID_NO

FINAL = {DONE, OVER, SAID_NO}
NOTHING_LEFT = {OVER, SAID_NO}


def signed_page(purpose: str):
    """A view of `(request, link, candidate, now)`; a link that opens nothing is told in a sentence."""

    def decorate(view):
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def page(request, token):
            now = timezone.now()
            try:
                link = find_link(purpose=purpose, token=token)
                response = view(request, link, _candidate(link), now)
            except LinkInvalid as error:
                status = 404 if isinstance(error, LinkUnknown) else 410
                response = render(request, "references/calls/invalid.html", {"sentence": error}, status=status)
            # See advocacy.views.verify.
            response["Referrer-Policy"] = "same-origin"
            return response

        return page

    return decorate


def require_in_time(link: SecretLink, standing: str, now: datetime, final: Collection[str] = FINAL) -> None:
    """Raises LinkExpired for a link past its date, unless the page has something final to say and nothing else."""
    if link.expires_at <= now and standing not in final:
        raise LinkExpired(_("This link has expired."))


def _candidate(link):
    return Candidate.objects.select_related(
        "request__requester",
        "request__opportunity__account",
        "request__activity_type",
        "advocate__account__industry",
        "advocate__account__csm__deputy",
        "advocate__search_row",
        "ask",
    ).get(pk=link.object_id)

"""A stored file leaves the house as a download and as nothing else, whatever it holds."""

from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header


def served(attachment) -> HttpResponse:
    """Call it once the person was allowed to see the file. Raises Http404 where the content is gone."""
    try:
        with attachment.file.open("rb") as file:
            content = file.read()  # ATTACHMENT_MAX_BYTES at most
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=attachment.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=attachment.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response

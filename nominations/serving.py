"""A stored file leaves the house as a download and as nothing else, whatever it holds."""

from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers


def served(attachment) -> FileResponse:
    """Call it once the person was allowed to see the file. Raises Http404 where the content is gone."""
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response

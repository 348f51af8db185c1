"""A stored file leaves the house as a download and as nothing else, whatever it holds."""

from pathlib import Path

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

PIECE = 64_000  # bytes


def served(attachment) -> HttpResponse:
    """Call it once the person was allowed to see the file. Raises Http404 where the content is gone."""
    try:
        with attachment.file.open("rb") as file:
            content = file.read()  # ATTACHMENT_MAX_BYTES at most
    except FileNotFoundError:
        raise Http404 from None
    return _as_download(HttpResponse(content, content_type=attachment.content_type), attachment.name)


def served_from(path: Path, *, name: str, content_type: str) -> StreamingHttpResponse:
    """The same for a large file, piece by piece."""
    if not path.is_file():
        raise Http404
    return _as_download(StreamingHttpResponse(_pieces(path), content_type=content_type), name)


def _pieces(path):
    with path.open("rb") as file:
        yield from iter(lambda: file.read(PIECE), b"")


def _as_download(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response

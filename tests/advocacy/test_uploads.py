import pytest
from django.test import RequestFactory

from tests.nominations.files import upload


@pytest.fixture(autouse=True)
def _small(settings):
    settings.UPLOAD_MAX_BYTES = 100_000
    settings.UPLOAD_MAX_BYTES_TOGETHER = 300_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000  # so that a file on disk is looked at, as with large ones


def received(*files):
    request = RequestFactory().post("/", {"files": files, "note": "kept"})
    assert request.POST["note"] == "kept"
    sizes = [file.size for file in request.FILES.getlist("files")]
    request.close()
    return sizes, getattr(request, "refused_files", [])


def test_what_fits_comes_whole():
    assert received(upload(b"0" * 90_000), upload(b"0" * 90_000)) == ([90_000, 90_000], [])


def test_of_one_too_large_only_so_much_is_kept_that_it_is_seen_to_be():
    [size], refused = received(upload(b"0" * 5_000_000))
    assert 100_000 < size < 200_000
    assert refused == []


def test_past_the_limit_for_all_together_nothing_is_kept():
    sizes, refused = received(*(upload(b"0" * 90_000, f"{number}.pdf") for number in range(5)))
    assert sizes == [90_000] * 3
    assert refused == ["3.pdf", "4.pdf"]

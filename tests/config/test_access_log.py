"""The access log of the web process holds no secret of a link."""

import datetime
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.urls import reverse
from gunicorn.config import Config

from advocacy.links import TOKEN_BYTES
from config.access_log import AccessLog

TOKEN = "Aa0-_" * 8 + "xyz"  # as long as secrets.token_urlsafe(TOKEN_BYTES)


def line(path, referer="-"):
    request = SimpleNamespace(headers=[], method="GET", uri=path, version=(1, 1))
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": path,
        "HTTP_REFERER": referer,
    }
    config = Config()
    return config.access_log_format % AccessLog(config).atoms(answer, request, environ, datetime.timedelta())


def test_no_token_is_logged():
    assert len(TOKEN) == -(-TOKEN_BYTES * 4 // 3)
    for name in ("guest-invitation", "award", "nominee-reply", "section"):
        path = reverse(name, args=[TOKEN])
        assert TOKEN not in line(path, referer=f"https://laurel.example{path}?utm_source=mail")
        assert path.replace(TOKEN, "…") in line(path)


def test_other_addresses_stay_readable():
    assert "/programs/customer-impact-awards-2027/winners/12/" in line("/programs/customer-impact-awards-2027/winners/12/")


def test_the_web_process_logs_that_way():
    assert "--logger-class config.access_log.AccessLog" in (Path(settings.BASE_DIR) / "Procfile").read_text()

"""The line to the mail server: kept open for the next mail of the same process, and known to be dead by all."""

import contextlib
import threading
import time

from anymail.backends.base_requests import AnymailRequestsBackend
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from outbox.exceptions import NoLine
from outbox.smtp import EmailBackend

KEPT = (EmailBackend, AnymailRequestsBackend)
KEEP_SECONDS = 30
# After the mail server did not answer one worker at a time asks again: one that hangs must not hold them all.
AWAY, ASKED = "outbox:mail-server-away", "outbox:mail-server-asked"
AWAY_SECONDS, ASK_AGAIN_SECONDS, SAY_SECONDS = 600, 40, 2

_mine = threading.local()


def take() -> tuple[BaseEmailBackend, bool]:
    """An open line, and whether it is a new one; raises NoLine. Whoever takes it keeps or drops it."""
    kept, _mine.kept = getattr(_mine, "kept", None), None
    if kept:
        line, used_at, used_for = kept
        if used_for == _server() and time.monotonic() - used_at < KEEP_SECONDS:
            return line, False
        drop(line)
    return _open(), True


def keep(line: BaseEmailBackend) -> None:
    """Leave a line that works for the next mail, where the kind of line allows it."""
    if isinstance(line, KEPT):
        _mine.kept = line, time.monotonic(), _server()
    else:
        drop(line)


def drop(line: BaseEmailBackend) -> None:
    # The mail is with the server, or is not: a failing good-bye changes nothing.
    with contextlib.suppress(Exception):
        line.close()


def is_away() -> bool:
    """Whether the last who tried found no mail server."""
    with contextlib.suppress(Exception):  # without the cache: try
        return bool(cache.get(AWAY))
    return False


def may_be_tried() -> bool:
    """Whether to take a mail on at all; while the server is away, for one asker now and then."""
    with contextlib.suppress(Exception):
        return not cache.get(AWAY) or cache.add(ASKED, True, ASK_AGAIN_SECONDS)
    return True


def answered() -> None:
    """The mail server is there, whatever somebody else found. Said now and then: each mail would cost a call more."""
    if time.monotonic() - getattr(_mine, "said_at", -SAY_SECONDS) < SAY_SECONDS:
        return
    _mine.said_at = time.monotonic()
    with contextlib.suppress(Exception):
        cache.delete_many([AWAY, ASKED])


def _open() -> BaseEmailBackend:
    line = get_connection()
    try:
        line.open()
    except OSError as error:  # smtplib's errors are OSErrors too; nothing was handed over yet
        _mine.said_at = -SAY_SECONDS
        with contextlib.suppress(Exception):
            cache.set(AWAY, True, AWAY_SECONDS)
            cache.add(ASKED, True, ASK_AGAIN_SECONDS)
        drop(line)
        raise NoLine(str(error)) from error
    answered()
    return line


def _server() -> tuple:
    return settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER

"""What the mail providers behind django-anymail promise beyond taking a mail."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import requests
from anymail.backends.base import AnymailBaseBackend
from anymail.exceptions import AnymailAPIError
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from outbox.exceptions import AlreadyTaken, NoLine, Refused, TryAgain
from outbox.models import Message

NUMBER_LENGTH = Message._meta.get_field("provider_id").max_length
TOO_MANY = 429
# Settings of ours or of the account: somebody mends them, and then the mail can go.
TO_BE_MENDED = {401, 402, 403, 404, 408, TOO_MANY}


@dataclass(frozen=True)
class Provider:
    """`remembers`: how long a key is known there, so that the same mail again is no second one."""

    remembers: timedelta | None = None
    takes_metadata: bool = True


# resend.com/docs/dashboard/emails/idempotency-keys: 24 hours. developers.brevo.com: 15 minutes in one place, 30 in
# another. The others of django-anymail take no key.
PROVIDERS = {
    "Resend": Provider(remembers=timedelta(hours=24)),
    "Brevo": Provider(remembers=timedelta(minutes=15)),
    "Postal": Provider(takes_metadata=False),
}


def current() -> str:
    """The provider in use; empty for a mail server."""
    return _name_of(import_string(settings.EMAIL_BACKEND))


def remembers(provider: str) -> timedelta | None:
    return PROVIDERS.get(provider, Provider()).remembers


def prepare(mail: EmailMessage, line: BaseEmailBackend, *, key: str, number: str) -> None:
    """Give the provider the key of this mail, and `number` to send back with what becomes of it."""
    name = _name_of(type(line))
    if not name:
        return
    if PROVIDERS.get(name, Provider()).takes_metadata:
        mail.metadata = {"laurel": number}
    if name == "Resend":
        # A line carries one mail at a time.
        line.session.headers["Idempotency-Key"] = key
    elif name == "Brevo":
        mail.extra_headers["idempotencyKey"] = str(uuid.UUID(key))


def number_of(mail: EmailMessage) -> str:
    """The number a provider gave the mail."""
    numbers = getattr(getattr(mail, "anymail_status", None), "message_id", None)
    first = next(iter(numbers), None) if isinstance(numbers, set) else numbers
    return str(first or "")[:NUMBER_LENGTH]


def verdict(error: AnymailAPIError) -> Exception:
    """What an answer of the provider says of the mail; the error itself where it leaves that open."""
    status = error.status_code
    if status is None:
        return NoLine(str(error)) if _never_connected(error.__cause__) else error
    if status in TO_BE_MENDED:
        return TryAgain(str(error))
    if error.esp_name == "Brevo" and "duplicate_parameter" in str(error):
        return AlreadyTaken(str(error))
    # 409: the same key is just being worked on. 5xx: who knows how far it came.
    return Refused(str(error)) if 400 <= status < 500 and status != 409 else error


def _never_connected(error: BaseException | None) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error and error.args else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _name_of(backend: type) -> str:
    return backend.esp_name if issubclass(backend, AnymailBaseBackend) else ""

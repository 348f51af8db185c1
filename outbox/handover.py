import hashlib
import re
import smtplib
from email.utils import parseaddr

from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from outbox import lines, providers
from outbox.exceptions import AlreadyTaken, HandOverFailed, NoLine, Refused, TryAgain
from outbox.models import Message
from outbox.preferences import unsubscribe_headers
from outbox.smtp import EmailBackend

UNWRITABLE = (AnymailInvalidAddress, AnymailSerializationError, AnymailUnsupportedFeature)
CLOSING = 421
# No such mailbox (RFC 5321, section 4.2.3), unless the server adds that it means something else, as a policy (RFC 3463).
DEAD_CODES = {550, 551, 553}
ABOUT_THE_ADDRESS = re.compile(r"^5\.(1\.\d+|2\.1)\b")
ENHANCED = re.compile(r"^\d\.\d+\.\d+\b")


def hand_over(message: Message) -> str:
    """Give one mail to the mail server; returns its number at the provider, where there is one.

    Raises TryAgain or Refused when it was certainly not taken, AlreadyTaken when an earlier attempt was; any other
    exception leaves it open.
    """
    mail = as_email(message)
    while True:
        line, is_new = lines.take()
        providers.prepare(mail, line, key=digest(message), number=f"{message.pk}-{digest(message)}")
        try:
            _send(line, mail)
        except NoLine:
            lines.drop(line)
            if is_new:
                raise
            # The server had closed a line that lay idle, so it has taken nothing: at once over a new one.
        except (TryAgain, Refused, AlreadyTaken):
            lines.keep(line)
            raise
        except BaseException:
            lines.drop(line)
            raise
        else:
            lines.keep(line)
            if not is_new:
                lines.answered()
            return providers.number_of(mail)


def _send(line: BaseEmailBackend, mail: EmailMultiAlternatives) -> None:
    try:
        if not isinstance(line, EmailBackend):
            _check(mail)
        if not line.send_messages([mail]):
            raise Refused("The mail server took no mail.")
    except HandOverFailed:
        raise
    except AnymailRecipientsRefused as error:
        is_dead = error.email_message.anymail_status.status == {"invalid"}
        raise Refused(str(error), is_dead=is_dead) from error
    except UNWRITABLE as error:
        raise Refused(f"The mail cannot be written: {error}") from error
    except AnymailAPIError as error:
        raise providers.verdict(error) from error
    except smtplib.SMTPRecipientsRefused as error:
        code, words = min(error.recipients.values())
        raise _verdict(code, error, is_dead=_is_dead(code, words)) from error
    except smtplib.SMTPSenderRefused as error:
        # About us and not about the mail: somebody mends it, and then the mail can go.
        raise _verdict(min(error.smtp_code, 450), error) from error
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(f"The mail cannot be written: {error}") from error
    except Exception as error:
        if _may_have_taken(line):
            raise
        if isinstance(error, OSError):
            raise NoLine(f"{type(error).__name__}: {error}") from error
        raise Refused(f"The mail cannot be written: {error}") from error


def _check(mail: EmailMultiAlternatives) -> None:
    """Where nobody can tell an unwritable mail from a broken line: write it once before."""
    try:
        mail.message()
    except Exception as error:
        raise Refused(f"The mail cannot be written: {error}") from error


def as_email(message: Message) -> EmailMultiAlternatives:
    """Raises Refused for an address or a header that could say something else than it should."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message_id(message),
            # Asks out-of-office replies to stay away.
            "Auto-Submitted": "auto-generated",
            **unsubscribe_headers(message),
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    try:
        validate_email(message.recipient)
        if message.reply_to:
            validate_email(message.reply_to)
        for attachment in message.attachments:
            mail.attach(attachment["name"], attachment["text"], attachment["type"])
    except ValidationError as error:
        raise Refused(f"The mail cannot be written: {' '.join(error.messages)}") from error
    except Exception as error:
        raise Refused(f"The mail cannot be written: {error}") from error
    return mail


def digest(message: Message) -> str:
    """The key in 32 characters that give away nothing."""
    return hashlib.sha256(message.key.encode()).hexdigest()[:32]


def message_id(message: Message) -> str:
    """The same for every attempt, so that a mail server that gets one twice can tell."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{digest(message)}@{domain}>"


def _may_have_taken(line: BaseEmailBackend) -> bool:
    return line.may_have_taken() if isinstance(line, EmailBackend) else True


def _verdict(code: int, error: Exception, *, is_dead: bool = False) -> Exception:
    """4xx is temporary, 5xx is for good (RFC 5321, section 4.2.1); with 421 the server closes the line (3.8)."""
    if code == CLOSING:
        return NoLine(str(error))
    return TryAgain(str(error)) if 400 <= code < 500 else Refused(str(error), is_dead=is_dead)


def _is_dead(code: int, words: bytes | str) -> bool:
    words = words.decode(errors="replace") if isinstance(words, bytes) else words
    is_explained = ENHANCED.match(words)
    return code in DEAD_CODES and (not is_explained or bool(ABOUT_THE_ADDRESS.match(words)))

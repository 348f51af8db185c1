import contextlib
import hashlib
import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from outbox.exceptions import Refused, TryAgain
from outbox.models import Message


def hand_over(message: Message) -> None:
    """Give one mail to the mail server.

    Raises TryAgain or Refused when it was certainly not taken; any other exception leaves it open.
    """
    mail = as_email(message)
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are OSErrors too; nothing was handed over yet
        raise TryAgain(str(error)) from error
    try:
        if not connection.send_messages([mail]):
            raise Refused("The mail server took no mail.")
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise _verdict(min(codes), error) from error
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error) from error
    finally:
        # The mail is with the server: a failing good-bye changes nothing.
        with contextlib.suppress(Exception):
            connection.close()


def as_email(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            "Message-ID": message_id(message),
            # Asks out-of-office replies to stay away.
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    try:
        for attachment in message.attachments:
            mail.attach(attachment["name"], attachment["text"], attachment["type"])
        mail.message()
    except Exception as error:
        raise Refused(f"The mail cannot be written: {error}") from error
    return mail


def message_id(message: Message) -> str:
    """The same for every attempt, so that a mail server that gets one twice can tell."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"


def _verdict(code: int, error: Exception) -> Exception:
    """4xx is temporary, 5xx is for good (RFC 5321, section 4.2.1)."""
    return TryAgain(str(error)) if 400 <= code < 500 else Refused(str(error))

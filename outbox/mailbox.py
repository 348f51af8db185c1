from django.core.mail.backends.base import BaseEmailBackend

from outbox.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """Delivers to the mailbox page in the admin."""

    def send_messages(self, email_messages):
        return len(MailboxMessage.objects.bulk_create(_as_row(mail) for mail in email_messages if mail.recipients()))


def _as_row(mail):
    return MailboxMessage(
        recipients=", ".join(mail.recipients()),
        sender=mail.from_email,
        reply_to=", ".join(mail.reply_to),
        message_id=mail.extra_headers.get("Message-ID", ""),
        subject=str(mail.subject)[: MailboxMessage._meta.get_field("subject").max_length],
        text=mail.body,
        html=next((content for content, kind in getattr(mail, "alternatives", []) if kind == "text/html"), ""),
        attachments=[
            {"name": name, "type": kind, "text": text} for name, text, kind in mail.attachments if isinstance(text, str)
        ],
    )

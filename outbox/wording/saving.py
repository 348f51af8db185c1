from datetime import datetime

from outbox.models import Wording
from outbox.wording.mails import Mail


def save_wording(*, mail: Mail, subject: str, body: str, by, now: datetime) -> None:
    """The team's words in place of the default; the default's own words are no wording. They were checked before."""
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if not subject and body == mail.body:
        back_to_default(mail=mail)
        return
    fields = {"subject": subject, "body": body, "changed_by": by, "changed_at": now}
    Wording.objects.update_or_create(template=mail.name, defaults=fields)


def back_to_default(*, mail: Mail) -> None:
    Wording.objects.filter(template=mail.name).delete()

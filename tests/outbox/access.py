from outbox.models import MailboxMessage
from tests.access import Row, only
from tests.factories import NOW, make_message


def mailbox_mail(world):
    return [MailboxMessage.objects.create(subject="Hello", text="Hello", delivered_at=NOW).pk]


def attached_file(world):
    file = {"name": "meeting.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}
    return [MailboxMessage.objects.create(subject="Hello", text="Hello", delivered_at=NOW, attachments=[file]).pk, 0]


def doubtful_mail(world):
    return [make_message(state="unknown", attempts=1, claimed_at=NOW).pk, "arrived"]


IN_ADMIN = {"sales": 302, "colleague": 302, "csm": 302, "other_csm": 302, "leader": 302}

ROWS = [
    Row("admin:outbox_message_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_mailboxmessage_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_mailboxmessage_html", only("team") | IN_ADMIN, args=mailbox_mail),
    Row("admin:outbox_mailboxmessage_file", only("team") | IN_ADMIN, args=attached_file),
    Row("admin:outbox_message_settle", only("team") | IN_ADMIN, args=doubtful_mail),
    Row("admin:outbox_message_settle", only("team", status=302) | IN_ADMIN, args=doubtful_mail, method="post"),
]

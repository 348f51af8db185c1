from outbox import preferences
from outbox.models import MailboxMessage, Mailing
from tests.access import Row, everyone, only, signed_in
from tests.factories import NOW, make_message


def mailbox_mail(world):
    return [MailboxMessage.objects.create(subject="Hello", text="Hello", delivered_at=NOW).pk]


def attached_file(world):
    file = {"name": "meeting.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}
    return [MailboxMessage.objects.create(subject="Hello", text="Hello", delivered_at=NOW, attachments=[file]).pk, 0]


def doubtful_mail(world):
    return [make_message(state="unknown", attempts=1, claimed_at=NOW).pk, "arrived"]


def way_to_choose(world):
    return [token_of(preferences.link_to_choose("zoe@northwind.example", now=world.now))]


def way_to_stop(world):
    return [token_of(preferences.link_to_stop("zoe@northwind.example", ["profiles"], now=world.now))]


def mailing(world):
    return [Mailing.objects.get_or_create(key="news:1", title="News")[0].pk]


def mail_of_mailing(world):
    [pk] = mailing(world)
    return [pk, make_message(state="held", mailing_id=pk).pk]


def token_of(link):
    return link.rstrip("/").rpartition("/")[2]


def a_mail(world):
    return ["section_wanted"]


IN_ADMIN = {"sales": 302, "colleague": 302, "csm": 302, "other_csm": 302, "leader": 302}

ROWS = [
    Row("admin:outbox_mailing_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_mailing_change", only("team") | IN_ADMIN, args=mailing),
    Row("admin:outbox_mailing_mail", only("team") | IN_ADMIN, args=mail_of_mailing),
    Row("admin:outbox_mailing_mail_html", only("team") | IN_ADMIN, args=mail_of_mailing),
    Row("admin:outbox_mailing_release", only("team") | IN_ADMIN, args=mailing),
    Row("admin:outbox_mailing_release", only("team", status=302) | IN_ADMIN, args=mailing, method="post"),
    Row("admin:outbox_mailing_cancel", only("team") | IN_ADMIN, args=mailing),
    Row("admin:outbox_mailing_cancel", only("team", status=302) | IN_ADMIN, args=mailing, method="post"),
    Row("admin:outbox_rulerun_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_rulerun_rule", only("team") | IN_ADMIN, args=lambda world: ["draft_waits"]),
    Row("admin:outbox_rulerun_switch", only("team") | IN_ADMIN, args=lambda world: ["draft_waits"]),
    Row("admin:outbox_rulerun_switch", only("team", status=302) | IN_ADMIN, args=lambda world: ["draft_waits"], method="post"),
    Row("my-mails", signed_in(200)),
    Row("my-mails", signed_in(302), method="post", data=lambda world: {"works_again": "1"}),
    Row("mails-by-link", everyone(200), args=way_to_choose),
    Row("mail-reports", everyone(404), args=lambda world: ["resend"]),
    Row("mails-by-link", everyone(404), args=way_to_stop),
    Row("mails-stop", everyone(200), args=way_to_stop),
    Row("mails-stop", everyone(200), args=way_to_stop, method="post"),
    Row("admin:outbox_message_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_mailboxmessage_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_mailboxmessage_html", only("team") | IN_ADMIN, args=mailbox_mail),
    Row("admin:outbox_mailboxmessage_file", only("team") | IN_ADMIN, args=attached_file),
    Row("admin:outbox_message_settle", only("team") | IN_ADMIN, args=doubtful_mail),
    Row("admin:outbox_message_settle", only("team", status=302) | IN_ADMIN, args=doubtful_mail, method="post"),
    Row("admin:outbox_message_next", only("team") | IN_ADMIN),
    Row("admin:outbox_recipient_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_outboxsettings_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_outboxsettings_hold", only("team") | IN_ADMIN),
    Row(
        "admin:outbox_outboxsettings_hold",
        only("team", status=302) | IN_ADMIN,
        method="post",
        data=lambda world: {"why": "Trial"},
    ),
    Row("admin:outbox_outboxsettings_let_go", only("team") | IN_ADMIN),
    Row("admin:outbox_outboxsettings_let_go", only("team", status=302) | IN_ADMIN, method="post"),
    Row("admin:outbox_wording_changelist", only("team") | IN_ADMIN),
    Row("admin:outbox_wording_edit", only("team") | IN_ADMIN, args=a_mail),
    Row("admin:outbox_wording_edit", only("team") | IN_ADMIN, args=a_mail, method="post", note="nothing written"),
    Row("admin:outbox_wording_preview", only("team") | IN_ADMIN, args=a_mail),
    Row("admin:outbox_wording_default", only("team") | IN_ADMIN, args=a_mail),
    Row("admin:outbox_wording_default", only("team", status=302) | IN_ADMIN, args=a_mail, method="post"),
]

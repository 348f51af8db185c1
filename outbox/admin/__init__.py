from outbox.admin import addresses, mailbox, mailings, messages, rules, settings, wordings
from outbox.admin.mailbox import MailboxMessageAdmin
from outbox.admin.messages import SETTLEMENTS, MessageAdmin

__all__ = [
    "SETTLEMENTS",
    "MailboxMessageAdmin",
    "MessageAdmin",
    "addresses",
    "mailbox",
    "mailings",
    "messages",
    "rules",
    "settings",
    "wordings",
]

from outbox.models.clocks import Occurrence, RuleRun
from outbox.models.mailings import Mailing
from outbox.models.messages import MailboxMessage, Message
from outbox.models.recipients import Preference, Recipient
from outbox.models.settings import OutboxSettings
from outbox.models.wording import Wording

__all__ = [
    "MailboxMessage",
    "Mailing",
    "Message",
    "Occurrence",
    "OutboxSettings",
    "Preference",
    "Recipient",
    "RuleRun",
    "Wording",
]

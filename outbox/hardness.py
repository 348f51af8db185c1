"""Whether a bounce is for good. django-anymail puts soft ones among the others, so each provider's own word counts."""

import re
from contextlib import suppress

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

FOR_GOOD = {RejectReason.INVALID, RejectReason.BOUNCED}
TEMPORARY = re.compile(r"\b4\.\d+\.\d+\b|^4\d\d\b")
SPARKPOST_HARD = {"10", "30", "90"}  # support.sparkpost.com: bounce classification codes

# What each provider calls it, and whether that is for good.
WORDS = {
    "Amazon SES": lambda said: said["bounce"]["bounceType"] == "Permanent",
    "Brevo": lambda said: said["event"] in ("hard_bounce", "invalid_email"),
    "MailerSend": lambda said: said["data"]["type"] == "hard_bounced",
    "Mailjet": lambda said: bool(said["hard_bounce"]),
    "Mandrill": lambda said: said["event"] == "hard_bounce",
    "Postmark": lambda said: said["Type"] in ("HardBounce", "BadEmailAddress"),
    "Resend": lambda said: said["data"]["bounce"]["type"] == "Permanent",
    "SendGrid": lambda said: said["event"] == "bounce" and said.get("type", "bounce") == "bounce",
    "SparkPost": lambda said: said["msys"]["message_event"]["bounce_class"] in SPARKPOST_HARD,
}


def is_hard(event: AnymailTrackingEvent, esp_name: str) -> bool:
    """Whether a bounce is for good."""
    if esp_name in WORDS:
        with suppress(LookupError, TypeError):
            return WORDS[esp_name](event.esp_event)
    if TEMPORARY.search(event.mta_response or ""):
        return False
    return event.reject_reason in FOR_GOOD


def is_of_the_address(event: AnymailTrackingEvent) -> bool:
    """Whether it is the address that takes no mail, and not this mail that was not wanted."""
    return event.event_type == EventType.BOUNCED or event.reject_reason in FOR_GOOD

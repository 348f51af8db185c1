class NoRecipient(ValueError):
    """A mail was written to nobody; the caller decides who stands in for a person without an address."""


class HandOverFailed(Exception):
    """The mail was certainly not taken."""


class TryAgain(HandOverFailed):
    """Not taken for now: no connection, or a temporary refusal."""


class Refused(HandOverFailed):
    """Not taken, and trying again would not help."""


class CannotSettle(Exception):
    """A person decided what became of a mail whose state does not leave that open."""


class UnknownKind(LookupError):
    """A mail of a kind that no app has named."""


class MailingDecided(Exception):
    """A mailing is released that was cancelled, or that nobody would get."""

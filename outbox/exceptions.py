class NoRecipient(ValueError):
    """A mail was written to nobody; the caller decides who stands in for a person without an address."""


class HandOverFailed(Exception):
    """The mail was certainly not taken."""


class TryAgain(HandOverFailed):
    """Not taken for now: no connection, or a temporary refusal."""


class NoLine(TryAgain):
    """No connection to the mail server could be had."""


class Refused(HandOverFailed):
    """Not taken, and trying again would not help. `is_dead`: the server says that there is no such address."""

    def __init__(self, why: str, *, is_dead: bool = False):
        super().__init__(why)
        self.is_dead = is_dead


class AlreadyTaken(Exception):
    """The provider knows the key: an earlier attempt arrived there."""


class CannotSettle(Exception):
    """A person decided what became of a mail whose state does not leave that open."""


class UnknownKind(LookupError):
    """A mail of a kind that no app has named."""


class MailingRefused(Exception):
    """A mailing is released that was cancelled, that nobody would get, or that may not go yet."""


class LinkUnknown(Exception):
    """A link to somebody's mails that we did not sign."""


class LinkExpired(Exception):
    """A link to somebody's mails past its year; `link` is what it said."""

    def __init__(self, sentence, link):
        super().__init__(sentence)
        self.link = link

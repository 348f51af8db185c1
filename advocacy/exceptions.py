class RuleBroken(Exception):
    """A rule of the business was broken; the message is a sentence for the person who did it."""


class ForbiddenMove(RuleBroken):
    """A status change that the transitions table does not have."""


class AdvocateUnavailable(RuleBroken):
    """The advocate may not be asked; `availability` holds every reason."""

    def __init__(self, availability):
        self.availability = availability
        super().__init__(availability.sentence)


class LinkInvalid(RuleBroken):
    """A link from a mail that is unknown, used, revoked or past its date."""

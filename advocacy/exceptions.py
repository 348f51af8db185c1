class RuleBroken(Exception):
    """A rule of the business was broken; the message is a sentence for the person who did it."""


class ForbiddenMove(RuleBroken):
    """A status change that the transitions table does not have."""


class AdvocateUnavailable(RuleBroken):
    """The advocate may not be asked; `availability` holds every reason."""

    def __init__(self, availability):
        self.availability = availability
        super().__init__(availability.sentence)


class LedgerBusy(AdvocateUnavailable):
    """The database kept refusing the lock; nothing was written and a second try may work."""


class LinkInvalid(RuleBroken):
    """A link from a mail that is unknown, used, revoked or past its date."""


class LinkUnknown(LinkInvalid):
    """No such link was ever issued for this purpose, or what it opened is gone."""


class LinkUsed(LinkInvalid):
    """The link has done its work; `used_at` says when."""

    def __init__(self, sentence, used_at):
        self.used_at = used_at
        super().__init__(sentence)


class LinkExpired(LinkInvalid):
    """The link is past its date."""


class NobodyResponsible(RuleBroken):
    """No CSM, no deputy and no advocacy team is there to read a customer's answer."""


class WordsNeeded(RuleBroken):
    """A step that somebody else will read about needs a sentence."""

    @classmethod
    def unless(cls, words: str, sentence: str) -> str:
        """The words without blanks around them; raises with the sentence when nothing is left."""
        if words := words.strip():
            return words
        raise cls(sentence)


class PublicityNotAsked(RuleBroken):
    """A company's approval cannot be asked for, or recorded, like this."""


class FileRefused(RuleBroken):
    """A file that is not taken; the sentence says why and what would be."""


class AlreadyAdvocate(RuleBroken):
    """This person is an advocate: they are asked, not put forward. `advocate` says who."""

    def __init__(self, sentence, advocate):
        self.advocate = advocate
        super().__init__(sentence)


class NotRecruited(RuleBroken):
    """A step on the way to an advocate that cannot be taken like this."""


class CannotMerge(RuleBroken):
    """Two profiles that cannot become one at present."""

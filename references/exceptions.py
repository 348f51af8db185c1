from advocacy.exceptions import RuleBroken


class TooSoon(RuleBroken):
    """A date on which nobody could be found and asked any more."""


class PlaceTaken(RuleBroken):
    """The request already holds the place of an advocate."""


class PutForwardBefore(RuleBroken):
    """The advocate was put forward for this request before."""


class PlaceLapsed(RuleBroken):
    """The place was given back because nobody answered in time."""


class NobodyPutForward(RuleBroken):
    """The step needs an advocate, and the request has none."""


class WordsMissing(RuleBroken):
    """A reason or an outcome that others need to read was left empty."""


class AnsweredMeanwhile(RuleBroken):
    """Somebody else answered after the page was opened, so the answer means something else now."""

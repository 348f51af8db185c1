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


class AnsweredMeanwhile(RuleBroken):
    """Somebody else answered after the page was opened, so the answer means something else now."""


class AlreadySaved(RuleBroken):
    """A person's saved searches have different names."""


class TooLong(RuleBroken):
    """A search with more choices than can be kept."""


class TooBroad(RuleBroken):
    """A search that finds so many that nobody wants a mail about one more."""


class NotWanted(RuleBroken):
    """An answer to something that is over, or was never asked."""


class NoAddress(RuleBroken):
    """Laurel is to write to somebody whose e-mail address nobody knows."""


class TimesRefused(RuleBroken):
    """Times that cannot be offered; the text says why."""


class TimeGone(RuleBroken):
    """A time that has passed, was taken back, or gave way to another one."""


class NotYet(RuleBroken):
    """It cannot be over before it was to begin."""


class NotToSay(RuleBroken):
    """Why a deal was lost is said of lost deals only."""

from advocacy.exceptions import LinkInvalid, RuleBroken


class ColleagueUnfit(RuleBroken):
    """This colleague cannot take the draft, or cannot be asked for a section."""


class SectionClosed(LinkInvalid):
    """The nomination was submitted: its sections are not filled any more."""


class SectionTooLong(RuleBroken):
    """Together with what stands there the answer is longer than the field takes."""


class FileRefused(RuleBroken):
    """A file that is not taken; the sentence says why and what would be."""

from advocacy.exceptions import RuleBroken


class FileUnusable(RuleBroken):
    """The file as a whole cannot be imported; nothing of it was taken."""


class RowRefused(RuleBroken):
    """One row cannot be taken; the others can."""

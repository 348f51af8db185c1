from advocacy.exceptions import RuleBroken


class FileUnusable(RuleBroken):
    """The file as a whole cannot be imported; nothing of it was taken."""


class ColumnMissing(FileUnusable):
    """A required column was not recognised; `field` is our name of it."""

    def __init__(self, sentence, field):
        self.field = field
        super().__init__(sentence)


class ImportsBusy(FileUnusable):
    """Another import is running, and one runs at a time."""


class RowRefused(RuleBroken):
    """One row cannot be taken; the others can."""

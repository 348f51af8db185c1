from django.utils.translation import gettext as _

from advocacy.exceptions import LinkInvalid, RuleBroken


class NominationNotTaken(RuleBroken):
    """The nomination is not taken now; the draft stays as it is."""


class ProgramNotOpen(NominationNotTaken):
    """Before the call opens or after it closed."""


class AlreadySubmitted(NominationNotTaken):
    """A draft was saved that is no draft any more: the same form sent twice."""


class NomineeElsewhere(NominationNotTaken):
    """The e-mail address typed belongs to somebody known at another company."""


class NominationIncomplete(NominationNotTaken):
    """`missing` holds what has to be filled in first."""

    def __init__(self, missing):
        self.missing = missing
        super().__init__(
            _("Not submitted yet, the draft is saved. Still missing: %(what)s.")
            % {"what": ", ".join(str(item.name) for item in missing)}
        )


class DraftChangedElsewhere(RuleBroken):
    """Another window saved the draft after this one was opened; nothing was written."""


class ReplyNotTaken(RuleBroken):
    """The nominee's answer cannot be recorded like this."""


class QuestionNotSent(RuleBroken):
    """The nominee is not asked now; the sentence says why."""


class PairDecided(RuleBroken):
    """Two nominations cannot be joined, kept apart or parted like this."""


class CategoryNotChanged(RuleBroken):
    """An entry stays in its category."""


class NotAsked(RuleBroken):
    """The nominator cannot be asked, or cannot answer, like this."""


class ReasonMissing(RuleBroken):
    """A nomination is taken out with a reason or not at all."""


class DatesNotMoved(RuleBroken):
    """The dates of a program cannot be moved like this; none was."""


class CategoryInUse(RuleBroken):
    """Nominations stand in the way of taking a category out, or cannot be moved to another."""


class ProgramStays(RuleBroken):
    """Somebody took part in the program: it is not deleted."""


class ExtensionNotGiven(RuleBroken):
    """This nomination cannot have more time, or not until then."""


class ColleagueUnfit(RuleBroken):
    """This colleague cannot take the draft, or cannot be asked for a section."""


class SectionClosed(LinkInvalid):
    """The nomination was submitted: its sections are not filled any more."""


class SectionTooLong(RuleBroken):
    """Together with what stands there the answer is longer than the field takes."""

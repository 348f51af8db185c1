from advocacy.exceptions import RuleBroken


class JudgingNotOpen(RuleBroken):
    """Something that belongs inside the judging dates, outside them."""


class JudgingStillOpen(RuleBroken):
    """Something that has to wait until judging has closed."""


class RubricFixed(RuleBroken):
    """The rubric is being changed after judging opened."""


class JudgeNotAppointed(RuleBroken):
    """This person cannot be a judge of this program."""


class AnswersNotTaken(RuleBroken):
    """An answer that is neither 1 to 5 nor not applicable; `errors` holds a sentence for each component's id."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(dict.fromkeys(errors.values())))


class AssignmentClosed(RuleBroken):
    """The judge may not score this nomination: recused, abstained, or the scores are fixed."""


class ReasonMissing(RuleBroken):
    """A step that has to be explained came without a reason."""


class WinnerNotChosen(RuleBroken):
    """This entry cannot be chosen now."""


class NotReadyToAnnounce(RuleBroken):
    """Something is missing before the results can be announced."""


class SealStays(RuleBroken):
    """The seal over the results cannot be lifted this way."""


class NotYourAssignment(RuleBroken):
    """Somebody other than the judge tried to score."""


class NomineeMissing(RuleBroken):
    """A winner nobody can become an advocate of, because no person is named."""


class OfferNotSent(RuleBroken):
    """This offer cannot go out now."""


class AnswerNotTaken(RuleBroken):
    """The nominee's answer to an offer comes too late, or there is one already."""


class AnnouncementNotSent(RuleBroken):
    """The mails of the announcement cannot go out now."""


class AlreadyFrozen(RuleBroken):
    """There is a result, and nothing new to say or no reason given for a new one."""


class TieNotDecided(RuleBroken):
    """These entries are no equals the chair has to order, or somebody else tried to."""


class InvitationEnded(RuleBroken):
    """A guest's link or desk that opens nothing any more: revoked, replaced, or judging has closed."""


class GuestStaysOut(RuleBroken):
    """Somebody at the door of the guest desk who is not a guest there."""


class StepNotReady(RuleBroken):
    """A step of the plan after the award whose turn it is not."""


class NothingToRemind(RuleBroken):
    """A judge who is done, or whom no mail reaches."""

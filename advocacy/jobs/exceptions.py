from advocacy.exceptions import RuleBroken


class JobRefused(RuleBroken):
    """It may not be done, or not by this person; the sentence stays on its page."""


class JobStopped(RuleBroken):
    """What it was for was called off elsewhere: the job ends as cancelled."""

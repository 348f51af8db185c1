"""The reading of the partnership that a CSM owes for a nomination somebody else made, the customer included."""

from advocacy.models import User
from nominations.models import Nomination


def owes_reading(nomination: Nomination, user: User) -> bool:
    """The customer's CSM, and where nobody is, the advocacy team; no queries. Imports come as they are."""
    if nomination.source == Nomination.Source.IMPORT:
        return False
    csm_id = nomination.account.csm_id if nomination.account else None
    return csm_id == user.pk if csm_id else user.runs_program

"""The reading of the partnership that a CSM owes for a nomination somebody else made, the customer included."""

from datetime import datetime, timedelta

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.working_time import day_of
from nominations import emails
from nominations.models import Nomination

MARKS = (7, 3, 1)  # days before judging opens


def remind_of_readings(*, now: datetime) -> int:
    """Write the reminders that are due to whoever looks after the customer; returns how many.

    Two beats write one mail, a missed tick is made up by the next, and a reading that is complete is no longer found.
    """
    soon = now + timedelta(days=max(MARKS))
    owed = Nomination.objects.lacking_reading(now).filter(program__judging_opens_at__lte=soon)
    written = 0
    for nomination in owed.select_related("program", "account__csm__deputy", "nominee", "nominator"):
        for person in responsible_for(nomination.account, day_of(now)):
            emails.reading_wanted(nomination, person, mark=_mark(nomination, now))
            written += 1
    return written


def owes_reading(nomination: Nomination, user: User) -> bool:
    """The customer's CSM, and where nobody is, the advocacy team; no queries. Imports come as they are."""
    if nomination.source == Nomination.Source.IMPORT:
        return False
    csm_id = nomination.account.csm_id if nomination.account else None
    return csm_id == user.pk if csm_id else user.runs_program


def _mark(nomination, now):
    """The smallest mark already reached: after a long break one reminder goes out, not three."""
    left = nomination.program.judging_opens_at - now
    return min(days for days in MARKS if left <= timedelta(days=days))

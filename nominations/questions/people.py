from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.working_time import add_working_days, day_of
from nominations.models import Nomination

WORKING_DAYS = 2


def contact_of(nomination: Nomination, now: datetime) -> User | None:
    """Who reads the nominee's mail: the CSM or their deputy, else the program's contact, else one of the team."""
    people = responsible_for(nomination.account, day_of(now))
    csm = nomination.account and nomination.account.csm
    if csm and people and people[0].pk in (csm.pk, csm.deputy_id):
        return people[0]
    contact = nomination.program.contact
    if contact and contact.is_active:
        return contact
    return people[0] if people else None


def who_hears(nomination: Nomination, now: datetime) -> list[User]:
    """Who is told what the nominee said: whoever looks after them, and the person who nominated."""
    people = [contact_of(nomination, now), nomination.nominator]
    return list({person.pk: person for person in people if person and person.is_active}.values())


def goes_at(nomination: Nomination, now: datetime) -> datetime:
    """Two working days later, by the clock and the weekend of whoever is asked to release the mail."""
    contact = contact_of(nomination, now)
    zone = ZoneInfo(contact.time_zone if contact else nomination.program.time_zone)
    return add_working_days(now.astimezone(zone), WORKING_DAYS)

"""When a mail may go: at once, in working hours, or with the others of the day."""

from dataclasses import dataclass
from datetime import datetime

from outbox.kinds import Choice, Kind
from outbox.recipients import Standing, zone_of
from outbox.working_hours import next_day_mail, next_working_moment


@dataclass(frozen=True)
class Slot:
    not_before: datetime
    is_gathered: bool = False


def slot_for(
    kind: Kind, address: str, standing: Standing, *, earliest: datetime, latest: datetime | None, is_alone: bool
) -> Slot:
    """When a mail of this kind goes to an address, `earliest` at the soonest.

    What cannot wait goes at once, unless its reader wants one mail a day. `latest`: after it the mail is of no
    use, so it leaves the mail of the day, and at the worst the working hours too. `is_alone`: it cannot be part of another.
    """
    wants_daily = standing.choice == Choice.DAILY and not kind.must
    if not (kind.can_wait or wants_daily):
        return Slot(earliest)
    zone, starts, ends = zone_of(address)
    day_mail = next_day_mail(earliest, zone, standing.day_mail_at)
    if not is_alone and (latest is None or day_mail <= latest):
        return Slot(day_mail, is_gathered=True)
    opening = next_working_moment(earliest, zone, starts, ends) if kind.can_wait else earliest
    return Slot(opening if latest is None or opening <= latest else earliest)

"""What the clocks of a call write, as the rules name it."""

from datetime import datetime

from advocacy.links import issue_link
from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.roles import COLLEAGUE, CSM, SALES
from advocacy.working_time import day_of
from nominations import emails
from nominations.completeness import missing
from nominations.due import customers_of
from nominations.models import Program
from nominations.services.programs import team_of
from nominations.services.sections import PURPOSE, links_of
from nominations.services.submission import expects_reading
from outbox.clocks import Due
from outbox.mailings import cancel_mailing, prepare_mailing
from outbox.models import Mailing

NOMINATE = [CSM, COLLEAGUE, SALES]
NAMED = 5


def prepare_call(due: Due, now: datetime) -> Mailing:
    """Write the mail that the call is open to all who may nominate; the team reads and releases it."""
    program = due.about
    mailing = prepare_mailing(key=f"call_open:{program.pk}:{due.mark}", title=f"{program}: the call is open", by=None, now=now)
    people = User.objects.filter(is_active=True, groups__name__in=NOMINATE).distinct()
    for person in people:
        emails.call_open(program, person, occurrence=due.mark, mailing=mailing)
    for person in team_of(program):
        emails.call_ready(program, person, count=len(people), occurrence=due.mark)
    return mailing


def stop_closed_calls(now: datetime) -> int:
    """A mail about an open call that nobody released before the close is not sent any more."""
    prepared = Mailing.objects.filter(key__startswith="call_open:", state=Mailing.State.PREPARED)
    closed = prepared.filter(messages__content_type__model="program", messages__object_id__in=_closed(now)).distinct()
    return len([cancel_mailing(mailing=mailing, by=None, now=now) for mailing in closed])


def customers_to_nominate(due: Due, now: datetime) -> None:
    csm = due.about
    customers = customers_of(csm, csm.program, now)[:NAMED]
    emails.customers_to_nominate(csm.program, csm, _at_work(csm, now), customers=customers, days=-due.day, occurrence=due.mark)


def draft_waits(due: Due, now: datetime) -> None:
    draft = due.about
    lacks = missing(draft, has_categories=bool(draft.entries.all()), expects_reading=expects_reading(draft, draft.nominator))
    emails.draft_waits(draft, missing=lacks, occurrence=due.mark)


def reading_wanted(due: Due, now: datetime) -> None:
    for person in responsible_for(due.about.account, day_of(now)):
        emails.reading_wanted(due.about, person, mark=-due.day)


def section_reminder(due: Due, now: datetime) -> None:
    """The new link lives as long as the old one."""
    asked = due.about
    expires_at = links_of([asked]).filter(expires_at__gt=now).latest("expires_at").expires_at
    token = issue_link(purpose=PURPOSE, about=asked, expires_at=expires_at, detail=asked.section)
    emails.section_reminder(asked, token=token, expires_at=expires_at, occurrence=due.mark)


def _closed(now):
    return Program.objects.filter(closes_at__lt=now).values("pk")


def _at_work(csm, now):
    deputy = csm.deputy
    return deputy if csm.is_absent(day_of(now)) and deputy.is_active and not deputy.is_absent(day_of(now)) else csm

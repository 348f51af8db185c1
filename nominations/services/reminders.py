"""What the clocks of a call write, as the rules name it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from advocacy.jobs.exceptions import JobStopped
from advocacy.jobs.starting import start
from advocacy.links import issue_link
from advocacy.models import Job, User
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
AT_ONCE = 200  # mails written by the rule itself
CALL_SLICE = 50  # of one step of long work


def prepare_call(due: Due, now: datetime) -> None:
    """Write the mail that the call is open to all who may nominate, to many as long work; the team reads and releases it."""
    params = {"program": due.about.pk, "mark": due.mark}
    if _who_nominate().count() > AT_ONCE:
        start(kind="call_mails", params=params, title=_call_title(due.about), by=None, now=now)
    else:
        list(write_call(Job(params=params), now))


def write_call(job: Job, now: datetime) -> Iterator[tuple[int, int]]:
    """The mails of an open call, in the order of the people's keys; the team hears when all are written.

    Raises JobStopped when the mailing was cancelled meanwhile, as when the call has closed.
    """
    program, mark = Program.objects.get(pk=job.params["program"]), job.params["mark"]
    mailing = prepare_mailing(key=call_key(job.params), title=_call_title(program), by=None, now=now)
    people = _who_nominate()
    total, done = people.count(), job.done
    while found := list(people.filter(pk__gt=job.cursor.get("after", 0))[:CALL_SLICE]):
        if Mailing.objects.filter(pk=mailing.pk, state=Mailing.State.CANCELLED).exists():
            raise JobStopped(_("The mailing was cancelled."))
        for person in found:
            emails.call_open(program, person, occurrence=mark, mailing=mailing, now=now)
        job.cursor, done = {"after": found[-1].pk}, done + len(found)
        yield done, max(total, done)
    for person in team_of(program):
        emails.call_ready(program, person, count=done, occurrence=mark, now=now)
    job.note = _("%(mails)s mails are prepared. Nothing is sent.") % {"mails": f"{done:,}"}


def call_key(params: dict) -> str:
    """Of the mailing of an open call."""
    return f"call_open:{params['program']}:{params['mark']}"


def stop_call(job: Job, by: User | None, now: datetime) -> str:
    """A cancelled preparation leaves a mailing that is cancelled."""
    mailing = prepare_mailing(key=call_key(job.params), title=job.title, by=by, now=now)
    stopped = cancel_mailing(mailing=mailing, by=by, now=now).stopped
    return _("%(mails)s mails that were prepared stay home; nobody gets one.") % {"mails": f"{stopped:,}"}


def _who_nominate():
    return User.objects.filter(is_active=True, groups__name__in=NOMINATE).distinct().order_by("pk")


def _call_title(program):
    return _("%(program)s: the call is open") % {"program": program}


def stop_closed_calls(now: datetime) -> int:
    """A mail about an open call that nobody released before the close is not sent any more."""
    prepared = Mailing.objects.filter(key__startswith="call_open:", state=Mailing.State.PREPARED)
    closed = prepared.filter(messages__content_type__model="program", messages__object_id__in=_closed(now)).distinct()
    return len([cancel_mailing(mailing=mailing, by=None, now=now) for mailing in closed])


def customers_to_nominate(due: Due, now: datetime) -> None:
    csm = due.about
    customers = customers_of(csm, csm.program.pk, now)[:NAMED]
    days = -((now - csm.program.closes_at) // timedelta(days=1))  # a late tick does not promise more than is left
    emails.customers_to_nominate(
        csm.program, csm, _at_work(csm, now), customers=customers, days=days, occurrence=due.mark, now=now
    )


def draft_waits(due: Due, now: datetime) -> None:
    draft = due.about
    lacks = missing(draft, has_categories=bool(draft.entries.all()), expects_reading=expects_reading(draft, draft.nominator))
    emails.draft_waits(draft, missing=lacks, occurrence=due.mark, now=now)


def reading_wanted(due: Due, now: datetime) -> None:
    for person in responsible_for(due.about.account, day_of(now)):
        emails.reading_wanted(due.about, person, mark=-due.day, now=now)


def section_reminder(due: Due, now: datetime) -> None:
    """The new link lives as long as the old one."""
    asked = due.about
    expires_at = links_of([asked]).filter(expires_at__gt=now).latest("expires_at").expires_at
    token = issue_link(purpose=PURPOSE, about=asked, expires_at=expires_at, detail=asked.section)
    emails.section_reminder(asked, token=token, expires_at=expires_at, occurrence=due.mark, now=now)


def _closed(now):
    return Program.objects.filter(closes_at__lt=now).values("pk")


def _at_work(csm, now):
    deputy = csm.deputy
    return deputy if csm.is_absent(day_of(now)) and deputy.is_active and not deputy.is_absent(day_of(now)) else csm

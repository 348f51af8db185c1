"""An interview as an entry for a calendar. Times are in UTC: each calendar shows its owner's own."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from advocacy.models import Interview
from outbox.services import Attachment, absolute_url

LASTS = timedelta(minutes=45)
TYPE = "text/calendar"
NAME = "interview.ics"


def entry(interview: Interview, *, now: datetime) -> Attachment:
    """A new time for the same interview replaces the entry: the uid stays, the sequence grows."""
    event = Event()
    event.add("uid", f"interview-{interview.pk}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}")
    event.add("sequence", int(now.timestamp()) - int(interview.created_at.timestamp()))
    event.add("dtstamp", now)
    event.add("dtstart", interview.planned_for)
    event.add("dtend", interview.planned_for + LASTS)
    event.add("summary", _("Interview with %(name)s") % {"name": interview.advocate})
    event.add("description", absolute_url(interview.get_absolute_url()))
    calendar = Calendar()
    calendar.add("prodid", "-//Laurel//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return Attachment(NAME, TYPE, calendar.to_ical().decode())

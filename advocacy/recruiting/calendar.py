"""An interview as an entry for the calendar of whoever holds it."""

from datetime import datetime
from urllib.parse import urlparse

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy import calendar
from advocacy.models import Interview
from outbox.services import Attachment, absolute_url

MINUTES = 45


def entry(interview: Interview, *, now: datetime) -> Attachment:
    """A new time for the same interview replaces the entry: the uid stays, the sequence grows."""
    meeting = calendar.Meeting(
        uid=f"interview-{interview.pk}@{urlparse(settings.SITE_URL).hostname or 'localhost'}",
        sequence=int(now.timestamp()) - int(interview.created_at.timestamp()),
        starts_at=interview.planned_for,
        minutes=MINUTES,
        summary=_("Interview with %(name)s") % {"name": interview.advocate},
        description=absolute_url(interview.get_absolute_url()),
    )
    return calendar.entry(meeting, method=calendar.PUBLISH, now=now)

"""A conversation as an entry for a calendar (RFC 5545, RFC 5546). Pure: facts in, file out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from outbox.services import Attachment

PRODUCT = "-//Laurel//Customer advocacy//EN"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
FILES = {REQUEST: "invitation.ics", CANCEL: "cancelled.ics", PUBLISH: "entry.ics"}


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One side's entry: of the other side it holds nothing but the words of `summary` and `description`."""

    uid: str  # the same for every change of the same meeting
    sequence: int  # grows with each change: calendars keep the highest
    starts_at: datetime
    minutes: int
    summary: str
    description: str
    place: str = ""
    organizer: Person | None = None
    attendee: Person | None = None


def entry(meeting: Meeting, *, method: str, now: datetime) -> Attachment:
    """The file to attach: an invitation (REQUEST), the word that it is off (CANCEL), or an entry of one's own (PUBLISH)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, method, now))
    return Attachment(
        name=FILES[method],
        type=f"text/calendar; method={method}",
        text=calendar.to_ical().decode(),
    )


def _event(meeting, method, now):
    starts_at, ends_at = span(meeting.starts_at, meeting.minutes)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", span(now, 0)[0])
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", meeting.summary)
    event.add("description", meeting.description)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if meeting.organizer:
        event.add("organizer", _address(meeting.organizer))
    if meeting.attendee:
        event.add("attendee", _asked(meeting.attendee), encode=0)
    return event


def span(moment: datetime, minutes: int) -> tuple[datetime, datetime]:
    """Start and end in UTC, which every calendar reads alike, whatever its rules of summer time."""
    starts = moment.astimezone(UTC)
    return starts, starts + timedelta(minutes=minutes)


def _asked(person):
    attendee = _address(person)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    return attendee


def _address(person):
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    return address

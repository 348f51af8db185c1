"""One page for each side before a conversation: whom you meet, what they care about, what not to raise.

Contact data never travels: addresses and telephone numbers leave every text that one side reads of the other.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.blind import blind
from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.working_time import day_of
from references import times
from references.models import Candidate, ReferenceRequest
from references.sight import sight_from_outside


@dataclass(frozen=True)
class Brief:
    """What one side reads; `contact` is the colleague of ours who helps them."""

    whom: list[str]
    hears: list[tuple[str, str]]  # heading, text
    avoid: list[str]
    when: str
    when_there: str
    minutes: int
    format: str
    place: str
    contact: User | None


def zone_of_advocate(candidate: Candidate) -> str:
    csm = candidate.advocate.account and candidate.advocate.account.csm
    return times.zone_of(candidate.advocate.time_zone, csm.time_zone if csm else "")


def zone_of_prospect(request: ReferenceRequest) -> str:
    return times.zone_of(request.prospect_time_zone, request.requester.time_zone)


def contact_of(candidate: Candidate, now: datetime) -> User | None:
    """Who reads what the customer answers: the CSM, the deputy, else one of the team."""
    people = responsible_for(candidate.advocate.account, day_of(now))
    return people[0] if people else None


def is_written(request: ReferenceRequest) -> bool:
    return request.format == ReferenceRequest.Format.WRITTEN


def prospect_label(request: ReferenceRequest) -> str:
    """The prospect as sales gave them: name, title, level and company."""
    company = request.opportunity and request.opportunity.account
    title = request.prospect_title or request.get_prospect_level_display()
    return ", ".join(part for part in (blind(request.prospect_name), blind(title), str(company or "")) if part)


def advocate_label(candidate: Candidate, now: datetime) -> str:
    """The advocate as the prospect may know them before they meet."""
    return sight_from_outside(candidate.advocate.search_row, day_of(now)).describe(candidate.advocate)


def brief_of_advocate(request: ReferenceRequest, candidate: Candidate, now: datetime) -> Brief:
    zone, there = zone_of_advocate(candidate), zone_of_prospect(request)
    level = request.get_prospect_level_display()
    level = "" if level in request.prospect_title.split() or not request.prospect_title else level
    return Brief(
        whom=[part for part in (prospect_label(request) or _("A company that is thinking about our product"), level) if part],
        hears=_texts((_("What they want to hear"), request.wants_to_hear), (_("What they worry about"), request.concerns)),
        avoid=[blind(request.avoid)] if request.avoid else [_("Nothing special. Say what you would say to a colleague.")],
        contact=contact_of(candidate, now),
        **_moment(request, zone, there),
    )


def brief_of_prospect(request: ReferenceRequest, candidate: Candidate, now: datetime) -> Brief:
    sight = sight_from_outside(candidate.advocate.search_row, day_of(now))
    topics = ", ".join(topic.name for topic in candidate.advocate.topics.all())
    return Brief(
        whom=[sight.describe(candidate.advocate)],
        hears=_texts(
            (_("What they know about"), topics),
            (_("What you wanted to hear"), request.wants_to_hear),
        ),
        avoid=[
            _("Prices and contracts: theirs are theirs, and ours are for us to tell."),
            _("Quoting them: what they say is for you alone."),
            _("Asking for their address or number: we put you in touch again whenever you like."),
        ],
        contact=request.requester,
        **_moment(request, zone_of_prospect(request), zone_of_advocate(candidate)),
    )


def _texts(*pairs):
    return [(heading, blind(text)) for heading, text in pairs if text.strip()]


def _moment(request, zone, there):
    at = request.scheduled_for
    return {
        "when": times.shown(at, zone) if at else "",
        "when_there": times.shown(at, there) if at and zone != there else "",
        "minutes": request.minutes,
        "format": request.get_format_display(),
        "place": request.place,
    }

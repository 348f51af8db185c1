"""To the prospect and the requester: times to choose from."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outbox.models import Message
from outbox.services import absolute_url
from references import briefs, times
from references.call_mails.writing import to_requester, write
from references.models import Candidate

PICK = "prospect_picks"


def prospect_picks(candidate: Candidate, *, token: str, starts: list[datetime], now: datetime) -> Message:
    """To the prospect: choose one of these times."""
    request = candidate.request
    zone = briefs.zone_of_prospect(request)
    return write(
        PICK,
        candidate,
        recipient=request.prospect_email,
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_("Choose a time to speak with one of our customers"),
        context={
            "name": request.prospect_name,
            "paragraphs": [
                _("one of our customers takes %(minutes)s minutes for you: %(label)s.")
                % {"minutes": request.minutes, "label": briefs.advocate_label(candidate, now)},
                _("They offer these times. Choose the one that suits you:"),
            ],
            "facts": [(str(number), times.shown(at, zone)) for number, at in enumerate(starts, start=1)],
            "closing": [_("The page shows them in your own time zone. You need no account.")],
            "sender": request.requester,
            "link": absolute_url(reverse("meet", args=[token])),
            "link_text": _("Choose a time"),
            "why": _("You get this mail because you asked us to speak with a customer."),
        },
        reply_to=request.requester,
    )


def times_offered(candidate: Candidate, *, starts: list[datetime], now: datetime) -> Message:
    """To the requester: the customer said yes; the prospect was asked, or is to be asked."""
    request = candidate.request
    if request.prospect_email:
        what = _("The customer said yes and offers times. We have asked the prospect to choose one.")
    else:
        what = _("The customer said yes and offers times. Pass the link on to the prospect, or choose for them.")
    return to_requester(
        candidate,
        kind="times_offered",
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_("A yes, and times to choose from: %(request)s") % {"request": request},
        paragraphs=[what],
        facts=[(str(number), times.shown(at, request.requester.time_zone)) for number, at in enumerate(starts, start=1)],
        link=absolute_url(reverse("request-times", args=[request.pk])),
        link_text=_("See the times"),
        now=now,
    )


def agreed_in_writing(candidate: Candidate, now: datetime) -> Message:
    request = candidate.request
    return to_requester(
        candidate,
        kind="written_agreed",
        occurrence=str(candidate.pk),
        subject=_("A yes, in writing: %(request)s") % {"request": request},
        paragraphs=[_("The customer writes by %(day)s.") % {"day": date_format(request.needed_by, "j F Y")}],
        link=absolute_url(request.get_absolute_url()),
        link_text=_("Open the request"),
        now=now,
    )


def other_times_sought(candidate: Candidate, *, why: str, now: datetime) -> Message:
    return to_requester(
        candidate,
        kind="other_times",
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_("A new time is needed: %(request)s") % {"request": candidate.request},
        paragraphs=[why, _("The customer is asked for other times. You hear of them at once.")],
        link=absolute_url(candidate.request.get_absolute_url()),
        link_text=_("Open the request"),
        now=now,
    )

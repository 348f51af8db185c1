"""What was asked for is not needed any more."""

from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import absolute_url, write_message
from references.models import Candidate


def called_off_for_csm(candidate: Candidate, *, by: User | None, knew: bool, why: str, now: datetime) -> list[Message]:
    """To whoever looks after the customer, except for the one who called it off."""
    request = candidate.request
    return [
        write_message(
            kind="request_called_off",
            about=candidate,
            recipient=person.email,
            occurrence="csm",
            subject=_("Called off: %(what)s with %(who)s") % {"what": request.activity_type, "who": candidate.advocate},
            template="request_called_off",
            reply_to=request.requester.email,
            context={
                "person": person,
                "request": request,
                "advocate": candidate.advocate,
                "knew": knew,
                "why": why,
                "link": absolute_url(request.get_absolute_url()),
                "link_text": _("Open the request"),
            },
            not_before=now,
        )
        for person in responsible_for(candidate.advocate.account, day_of(now))
        if person != by
    ]

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.models import User
from advocacy.working_time import day_of
from outbox.models import Message
from outbox.services import absolute_url, write_message
from outbox.wording import Listing


def new_matches(user: User, searches: Iterable[dict], *, now: datetime) -> Message:
    """To whoever saved searches: who is new in them. One mail a person and day, in words this person may know."""
    searches = [search | {"link": absolute_url(f"{reverse('advocates')}?{search['query']}")} for search in searches]
    number = sum(search["number"] for search in searches)
    subject = ngettext("Somebody new for “%(name)s”", "%(number)s new in your saved searches", number)
    return write_message(
        kind="new_matches",
        about=user,
        recipient=user.email,
        occurrence=day_of(now).isoformat(),
        subject=subject % {"number": number, "name": searches[0]["name"]},
        template="new_matches",
        context={
            "person": user,
            "found": [_found(search) for search in searches],
            "link": absolute_url(reverse("saved-searches")),
            "link_text": _("See your saved searches, or stop these mails"),
        },
        not_before=now,
    )


def _found(search):
    people = [f"{one.described}. {one.availability.sentence}" for one in search["people"]]
    more = [ngettext("and %(number)s more", "and %(number)s more", search["more"]) % {"number": search["more"]}]
    return Listing(people + (more if search["more"] else []), intro=f"{search['name']}:", address=search["link"])

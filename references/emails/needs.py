from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.roles import ADVOCACY_TEAM
from outbox.models import Message
from outbox.services import absolute_url, write_message
from references.models import UnmetNeed


def reference_wanted(need: UnmetNeed) -> list[Message]:
    """To the advocacy team: somebody searched in vain and asks for help."""
    return [
        write_message(
            kind="reference_wanted",
            about=need,
            recipient=person.email,
            occurrence="at-once",
            subject=_("%(user)s found no reference: %(need)s") % {"user": need.user, "need": need},
            template="reference_wanted",
            reply_to=need.user.email,
            context={
                "person": person,
                "need": need,
                "link": absolute_url(reverse("need", args=[need.pk])),
                "link_text": _("Open the need"),
            },
        )
        for person in User.objects.role(ADVOCACY_TEAM)
    ]

from datetime import datetime

from django.utils.translation import gettext as _

from outbox.models import Message, Recipient
from outbox.preferences import link_to_choose
from outbox.services import write_message


def new_link(address: str, *, now: datetime) -> Message:
    """To whoever came with an expired link: a new one, once a day."""
    return write_message(
        kind="mails_link",
        about=Recipient.objects.get_or_create(address=address)[0],
        recipient=address,
        occurrence=f"{now:%Y-%m-%d}",
        subject=_("Your mails from us: a new link"),
        template="mails_link",
        context={"link": link_to_choose(address, now=now), "link_text": _("Choose your mails")},
    )

"""The clocks of the outbox itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from outbox.clocks import Chore, register
from outbox.day_mail import send_day_mails

register(
    Chore(
        code="day_mails",
        label=_("Put what can wait together into one mail a day"),
        run=lambda now: send_day_mails(now=now),
        every=timedelta(minutes=1),
    ),
)

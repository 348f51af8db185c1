"""Long work around a call: the mail to all who may nominate."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.jobs.registry import JobKind, register, runs_program
from nominations.services.reminders import stop_call, write_call

register(
    JobKind(
        code="call_mails",
        label=_("Mails that a call is open"),
        work=write_call,
        may=runs_program,
        undo=stop_call,
        page=lambda job: reverse("admin:outbox_mailing_changelist"),
        page_label=_("Look at the mails"),
    ),
)

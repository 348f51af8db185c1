from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from nominations.emails.nominations import company_of
from nominations.models import Nomination
from outbox.services import absolute_url, write_message

READING_WANTED = "reading_wanted"


def reading_wanted(nomination, person, *, mark, now):
    """To whoever looks after the customer: the judges open it without the partnership half."""
    opens_at = nomination.program.judging_opens_at
    write_message(
        kind=READING_WANTED,
        about=nomination,
        recipient=person.email,
        occurrence=f"{opens_at:%Y%m%d}-{mark}",
        subject=_("The judges still need your reading of %(company)s") % {"company": company_of(nomination)},
        template=READING_WANTED,
        context={
            "nomination": nomination,
            "company": company_of(nomination),
            "program": nomination.program,
            "person": person,
            "is_self": nomination.source == Nomination.Source.SELF,
            "deadline": in_words(opens_at, nomination.program.time_zone),
            "link": absolute_url(reverse("nomination-reading", args=[nomination.pk])),
            "link_text": _("Add your reading"),
        },
        reply_to=nomination.program.contact.email if nomination.program.contact else "",
        not_before=now,
        latest=opens_at,
    )

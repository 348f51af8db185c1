from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from awards.invitations import issue_way_in
from outbox.models import Message
from outbox.services import absolute_url, message_key, write_message

KIND = "judging_ends_soon"


def judging_ends_soon(judge, mark):
    """`mark` is the reminder's place before the deadline: 7, 3 or 1 days. A moved deadline reminds anew.

    `judge` comes from `with_open_count`. A guest gets a new link, because the old one cannot be shown again.
    """
    program = judge.program
    deadline = in_words(program.judging_closes_at, program.time_zone)
    occurrence = f"{program.judging_closes_at:%Y%m%dT%H%M%SZ}-{mark}"
    key = message_key(kind=KIND, about=judge, recipient=judge.email, occurrence=occurrence)
    if written := Message.objects.filter(key=key).first():
        return written  # before a link is issued that nobody would get
    return write_message(
        kind=KIND,
        about=judge,
        recipient=judge.email,
        occurrence=occurrence,
        subject=_("Judging of %(program)s closes on %(deadline)s") % {"program": program, "deadline": deadline},
        template="judging_ends_soon",
        context={
            "judge": judge,
            "program": program,
            "deadline": deadline,
            "open_count": judge.open_count,
            "link": issue_way_in(judge) if judge.is_guest else absolute_url(reverse("judging-queue")),
            "link_text": _("Go on judging"),
        },
        reply_to=program.contact.email if program.contact else "",
    )

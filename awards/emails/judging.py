from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.walltime import in_words
from outbox.services import absolute_url, write_message


def judging_ends_soon(judge, mark):
    """`mark` is the reminder's place before the deadline: 7, 3 or 1 days. A moved deadline reminds anew."""
    program = judge.program
    deadline = in_words(program.judging_closes_at, program.time_zone)
    return write_message(
        kind="judging_ends_soon",
        about=judge,
        recipient=judge.user.email,
        occurrence=f"{program.judging_closes_at:%Y%m%dT%H%M%SZ}-{mark}",
        subject=_("Judging of %(program)s closes on %(deadline)s") % {"program": program, "deadline": deadline},
        template="judging_ends_soon",
        context={
            "judge": judge,
            "program": program,
            "deadline": deadline,
            "open_count": judge.open_count,
            "link": absolute_url(reverse("judging-queue")),
            "link_text": _("Go on judging"),
        },
        reply_to=program.contact.email if program.contact else "",
    )

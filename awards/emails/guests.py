from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from outbox.services import write_message


def judge_invitation(judge, *, link, by, occurrence):
    """The link stands in this mail and nowhere else."""
    program = judge.program
    return write_message(
        kind="judge_invitation",
        about=judge,
        recipient=judge.guest_email,
        occurrence=occurrence,
        subject=_("Would you judge %(program)s?") % {"program": program},
        template="judge_invitation",
        context={
            "judge": judge,
            "program": program,
            "by": by,
            "opens": in_words(program.judging_opens_at, program.time_zone),
            "deadline": in_words(program.judging_closes_at, program.time_zone),
            "link": link,
            "link_text": _("See what is expected"),
        },
        reply_to=program.contact.email if program.contact else by.email,
    )

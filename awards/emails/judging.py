from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.walltime import in_words
from awards.invitations import issue_way_in
from outbox.models import Message
from outbox.services import absolute_url, message_key, write_message

JUDGING_ENDS_SOON = "judging_ends_soon"
JUDGING_BEHIND = "judging_behind"


def judging_ends_soon(judge, mark, *, now):
    """`mark` is the reminder's place before the deadline: 7, 3 or 1 days. A moved deadline reminds anew.

    `judge` comes from `with_open_count`. A guest gets a new link, because the old one cannot be shown again.
    """
    program = judge.program
    deadline = in_words(program.judging_closes_at, program.time_zone)
    occurrence = f"{program.judging_closes_at:%Y%m%dT%H%M%SZ}-{mark}"
    key = message_key(kind=JUDGING_ENDS_SOON, about=judge, recipient=judge.email, occurrence=occurrence)
    if written := Message.objects.filter(key=key).first():
        return written  # before a link is issued that nobody would get
    return write_message(
        kind=JUDGING_ENDS_SOON,
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
        not_before=now,
        latest=program.judging_closes_at,
    )


def judging_behind(program, person, *, pace, slowest, occurrence, now):
    """To the team: the scores lag behind the calendar. `slowest` come from `with_open_count`."""
    return write_message(
        kind=JUDGING_BEHIND,
        about=program,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("Judging of %(program)s is behind: %(scored)s%% scored, %(passed)s%% of the time gone")
        % {"program": program, "scored": pace.scored, "passed": pace.passed},
        template=JUDGING_BEHIND,
        context={
            "person": person,
            "program": program,
            "pace": pace,
            "slowest": [(str(judge), _open(judge.open_count)) for judge in slowest],
            "deadline": in_words(program.judging_closes_at, program.time_zone),
            "link": absolute_url(reverse("judging-progress", args=[program.slug])),
            "link_text": _("See who has how much left"),
        },
        not_before=now,
        latest=program.judging_closes_at,
    )


def _open(count):
    return ngettext("%(count)s nomination open", "%(count)s nominations open", count) % {"count": count}

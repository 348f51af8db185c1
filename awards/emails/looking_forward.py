"""What comes up: the announcement, the end of an embargo, the steps after the award."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from outbox.services import absolute_url, write_message

ANNOUNCEMENT_SOON = "announcement_soon"
EMBARGO_LIFTS = "embargo_lifts"
STEP_DUE = "follow_through_due"
STEP_OVERDUE = "follow_through_overdue"
STEP_KINDS = [STEP_DUE, STEP_OVERDUE]


def announcement_soon(program, person, *, winners, missing, occurrence, now):
    """To the team, a day before: who is announced, and what still stands in the way."""
    moment = in_words(program.announces_at, program.time_zone)
    return write_message(
        kind=ANNOUNCEMENT_SOON,
        about=program,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("The winners of %(program)s are announced on %(moment)s") % {"program": program, "moment": moment},
        template=ANNOUNCEMENT_SOON,
        context={
            "person": person,
            "program": program,
            "moment": moment,
            "winners": [(winner.category.name, str(winner.entry.nomination)) for winner in winners],
            "missing": missing,
            "link": absolute_url(reverse("results-announcement", args=[program.slug])),
            "link_text": _("Prepare the announcement"),
        },
        not_before=now,
        latest=program.announces_at,
    )


def embargo_lifts(winner, person, *, moment, occurrence, now):
    """To whoever looks after the winner and to the team, a day before their award may be spoken of."""
    nomination, program = winner.entry.nomination, winner.category.program
    words = in_words(moment, program.time_zone)
    return write_message(
        kind=EMBARGO_LIFTS,
        about=winner,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("The award of %(nominee)s may be spoken of from %(moment)s") % {"nominee": nomination.nominee, "moment": words},
        template=EMBARGO_LIFTS,
        context={
            "person": person,
            "nominee": nomination.nominee,
            "category": winner.category,
            "program": program,
            "moment": words,
            "link": absolute_url(reverse("winner-file", args=[winner.pk])),
            "link_text": _("Look at what is prepared"),
        },
        reply_to=program.contact.email if program.contact else "",
        not_before=now,
        latest=moment,
    )


def follow_through_due(step, person, *, is_overdue, occurrence, now):
    """To whoever looks after the winner before and on the day; `is_overdue` to the team."""
    winner = step.winner
    names = {"activity": step.activity_type, "nominee": winner.entry.nomination.nominee}
    subject = _("Nobody has asked %(nominee)s yet: %(activity)s") if is_overdue else _("Ask %(nominee)s: %(activity)s")
    kind = STEP_OVERDUE if is_overdue else STEP_DUE
    return write_message(
        kind=kind,
        about=step,
        recipient=person.email,
        occurrence=occurrence,
        subject=subject % names,
        template=kind,
        context=names
        | {
            "person": person,
            "category": winner.category,
            "program": winner.category.program,
            "company": winner.entry.nomination.account,
            "day": date_format(step.due_on, "j F Y"),
            "link": absolute_url(reverse("winner-file", args=[winner.pk])),
            "link_text": _("Open the plan"),
        },
        not_before=now,
    )

"""What the clocks of a call write."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.walltime import in_words
from nominations.emails.nominations import company_of
from nominations.sections import SECTIONS
from outbox.services import absolute_url, write_message

CALL_OPEN = "call_open"
CUSTOMERS_TO_NOMINATE = "customers_to_nominate"
DRAFT_WAITS = "draft_waits"
CLARIFICATION_REMINDER = "clarification_reminder"
SECTION_REMINDER = "section_reminder"


def call_open(program, person, *, occurrence, mailing, now):
    """To everybody who may nominate; waits for the release of its mailing."""
    return write_message(
        kind=CALL_OPEN,
        about=program,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("%(program)s is open: whom would you nominate?") % {"program": program},
        template=CALL_OPEN,
        context=_program(program, person)
        | {"purpose": program.purpose, "link": _start(program), "link_text": _("Nominate a customer")},
        reply_to=_contact(program),
        mailing=mailing,
        not_before=now,
    )


def call_ready(program, person, *, count, occurrence, now):
    """To the team: the mails of an open call are written and wait for somebody to read and release them."""
    return write_message(
        kind="call_ready",
        about=program,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("The mail that %(program)s is open waits for your release") % {"program": program},
        template="call_ready",
        context=_program(program, person)
        | {
            "people": ngettext("%(count)s colleague", "%(count)s colleagues", count) % {"count": count},
            "link": absolute_url(reverse("admin:outbox_mailing_changelist")),
            "link_text": _("Read it and release it"),
        },
        not_before=now,
        latest=program.closes_at,
    )


def customers_to_nominate(program, csm, person, *, customers, days, occurrence, now):
    """To a CSM, or to `person` who stands in: up to five customers who could be nominated."""
    return write_message(
        kind=CUSTOMERS_TO_NOMINATE,
        about=csm,
        recipient=person.email,
        occurrence=occurrence,
        subject=ngettext(
            "%(days)s day left for %(program)s: %(company)s could be nominated",
            "%(days)s days left for %(program)s: %(company)s could be nominated",
            days,
        )
        % {"days": days, "program": program, "company": customers[0]},
        template=CUSTOMERS_TO_NOMINATE,
        context=_program(program, person)
        | {
            "stands_in_for": csm if person != csm else "",
            "customers": [str(customer) for customer in customers],
            "link": _start(program),
            "link_text": _("Nominate a customer"),
        },
        reply_to=_contact(program),
        not_before=now,
        latest=program.closes_at,
    )


def draft_waits(nomination, *, missing, occurrence, now):
    """To whoever holds the draft: until when it is taken, and what it lacks."""
    program, person = nomination.program, nomination.nominator
    return write_message(
        kind=DRAFT_WAITS,
        about=nomination,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("Your nomination of %(company)s is not handed in yet") % {"company": company_of(nomination)},
        template=DRAFT_WAITS,
        context=_program(program, person, deadline=nomination.deadline)
        | {
            "company": company_of(nomination),
            "missing": [str(one.name) for one in missing if one.blocks],
            "link": absolute_url(reverse("nomination-edit", args=[nomination.pk])),
            "link_text": _("Go on with the draft"),
        },
        reply_to=_contact(program),
        not_before=now,
        latest=nomination.deadline,
    )


def clarification_reminder(asked, *, occurrence, now):
    """To whoever was asked for what is missing."""
    program, nomination = asked.nomination.program, asked.nomination
    return write_message(
        kind=CLARIFICATION_REMINDER,
        about=asked,
        recipient=asked.asked_of.email,
        occurrence=occurrence,
        subject=_("Still missing in the nomination of %(company)s") % {"company": company_of(nomination)},
        template=CLARIFICATION_REMINDER,
        context=_program(program, asked.asked_of, deadline=asked.answer_by)
        | {
            "company": company_of(nomination),
            "asker": asked.asked_by,
            "question": asked.question,
            "link": absolute_url(reverse("nomination-missing", args=[nomination.pk])),
            "link_text": _("Add what is missing"),
        },
        reply_to=asked.asked_by.email,
        not_before=now,
        latest=asked.answer_by,
    )


def section_reminder(asked, *, token, expires_at, occurrence, now):
    """To a colleague who was asked for one section; by a new link, because the old one cannot be shown again."""
    nomination = asked.nomination
    return write_message(
        kind=SECTION_REMINDER,
        about=asked,
        recipient=asked.colleague.email,
        occurrence=occurrence,
        subject=_("%(who)s still hopes for your words on %(company)s")
        % {"who": asked.asked_by, "company": company_of(nomination)},
        template=SECTION_REMINDER,
        context=_program(nomination.program, asked.colleague, deadline=expires_at)
        | {
            "company": company_of(nomination),
            "by": asked.asked_by,
            "section": SECTIONS[asked.section],
            "link": absolute_url(reverse("section", args=[token])),
            "link_text": _("Write it down"),
        },
        reply_to=asked.asked_by.email,
        not_before=now,
        latest=expires_at,
    )


def _start(program):
    return absolute_url(reverse("nominate", args=[program.slug]))


def _contact(program):
    return program.contact.email if program.contact else ""


def _program(program, person, *, deadline=None):
    deadline = in_words(deadline or program.closes_at, program.time_zone)
    return {"program": program, "person": person, "deadline": deadline}

"""Mails between the team that looks through nominations and the people who wrote them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.emails.nominations import company_of
from outbox.services import absolute_url, write_message

WANTED = "clarification_wanted"


def clarification_wanted(asked):
    """To the nominator: what is missing, and until when."""
    write_message(
        kind=WANTED,
        about=asked,
        recipient=asked.asked_of.email,
        occurrence="asked",
        subject=_("Something is missing in the nomination of %(company)s") % {"company": company_of(asked.nomination)},
        template=WANTED,
        context=_context(asked, asked.nomination, asked.asked_of)
        | {"link": _page(asked.nomination, "nomination-missing"), "link_text": _("Add what is missing")},
        reply_to=asked.asked_by.email,
    )


def clarification_answered(asked, nomination, *, by, changed):
    """To the person who asked: the nomination is back in the queue."""
    address = absolute_url(reverse("triage-nomination", args=[nomination.program.slug, nomination.pk]))
    write_message(
        kind="clarification_answered",
        about=asked,
        recipient=asked.asked_by.email,
        occurrence="answered",
        subject=_("%(who)s answered about %(company)s") % {"who": by, "company": company_of(nomination)},
        template="clarification_answered",
        context=_context(asked, nomination, asked.asked_by)
        | {"by": by, "changed": changed, "link": address, "link_text": _("Look at it")},
        reply_to=by.email,
    )


def _page(nomination, name):
    return absolute_url(reverse(name, args=[nomination.pk]))


def _context(asked, nomination, person):
    return {
        "asked": asked,
        "nomination": nomination,
        "program": nomination.program,
        "company": company_of(nomination),
        "person": person,
    }

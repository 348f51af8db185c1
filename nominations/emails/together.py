"""Mails between colleagues who work on one draft."""

from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.emails.nominations import company_of
from nominations.sections import SECTIONS
from outbox.services import absolute_url, write_message

SECTION_WANTED = "section_wanted"


def draft_handed_to_you(nomination, *, by, note, mark):
    """To the colleague who goes on with a draft; `mark` tells one handing over from the next."""
    write_message(
        kind="draft_handed_to_you",
        about=nomination,
        recipient=nomination.nominator.email,
        occurrence=mark,
        subject=_("%(who)s hands you the nomination of %(company)s") % {"who": by, "company": company_of(nomination)},
        template="draft_handed_to_you",
        context={
            **_context(nomination, nomination.nominator),
            "by": by,
            "note": note,
            "link": absolute_url(reverse("nomination-edit", args=[nomination.pk])),
            "link_text": _("Go on with the draft"),
        },
        reply_to=by.email,
    )


def section_wanted(asked, *, token, expires_at):
    """To a colleague: one section, by a link that opens nothing else."""
    write_message(
        kind=SECTION_WANTED,
        about=asked,
        recipient=asked.colleague.email,
        occurrence="asked",
        subject=_("%(who)s asks what you know of %(company)s") % {"who": asked.asked_by, "company": company_of(asked.nomination)},
        template=SECTION_WANTED,
        context={
            **_context(asked.nomination, asked.colleague),
            "by": asked.asked_by,
            "note": asked.note,
            "section": SECTIONS[asked.section],
            "expires_at": expires_at,
            "link": absolute_url(reverse("section", args=[token])),
            "link_text": _("Write it down"),
        },
        reply_to=asked.asked_by.email,
    )


def section_answered(asked):
    """To whoever writes the nomination now."""
    nomination = asked.nomination
    write_message(
        kind="section_answered",
        about=asked,
        recipient=nomination.nominator.email,
        occurrence="answered",
        subject=_("%(who)s filled “%(section)s” for %(company)s")
        % {"who": asked.colleague, "section": SECTIONS[asked.section], "company": company_of(nomination)},
        template="section_answered",
        context={
            **_context(nomination, nomination.nominator),
            "by": asked.colleague,
            "section": SECTIONS[asked.section],
            "link": absolute_url(reverse("nomination-edit", args=[nomination.pk])),
            "link_text": _("Open the draft"),
        },
        reply_to=asked.colleague.email,
    )


def _context(nomination, person):
    return {"nomination": nomination, "company": company_of(nomination), "program": nomination.program, "person": person}

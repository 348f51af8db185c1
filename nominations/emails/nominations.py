"""One function a message. A first mail to a customer waits for the CSM; the one exception confirms their own sending."""

from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.services import absolute_url, write_message


def confirm_self_nomination(self_nomination, *, token, expires_at):
    write_message(
        kind="confirm_self_nomination",
        about=self_nomination,
        recipient=self_nomination.email,
        occurrence="sent",
        subject=_("Confirm your nomination for %(program)s") % {"program": self_nomination.program},
        template="confirm_self_nomination",
        context={
            "self_nomination": self_nomination,
            "program": self_nomination.program,
            "expires_at": expires_at,
            "link": absolute_url(reverse("confirm-nomination", args=[token])),
            "link_text": _("Confirm my nomination"),
        },
        reply_to=self_nomination.program.contact.email if self_nomination.program.contact else "",
    )


def nomination_handed_over(nomination, person):
    """To the CSM of the customer, or whoever stands in: somebody else put the customer forward."""
    write_message(
        kind="nomination_handed_over",
        about=nomination,
        recipient=person.email,
        occurrence=f"account-{nomination.account_id}",
        subject=_("A nomination for your customer %(company)s has been handed to you") % {"company": company_of(nomination)},
        template="nomination_handed_over",
        context=_context(nomination, person, _("Read the nomination")),
        reply_to=nomination.nominator.email if nomination.nominator else "",
    )


def nomination_needs_account(nomination, person):
    """To the advocacy team: nobody knows yet whose customer this is."""
    write_message(
        kind="nomination_needs_account",
        about=nomination,
        recipient=person.email,
        occurrence="submitted",
        subject=_("A nomination from %(company)s needs an account") % {"company": company_of(nomination)},
        template="nomination_needs_account",
        context=_context(nomination, person, _("Open the nomination")),
    )


def deadline_extended(nomination):
    """To the nominator: their draft is taken after the close of the call."""
    write_message(
        kind="deadline_extended",
        about=nomination,
        recipient=nomination.nominator.email,
        occurrence=nomination.extended_until.isoformat(),
        subject=_("You have more time for the nomination of %(company)s") % {"company": company_of(nomination)},
        template="deadline_extended",
        context=_context(nomination, nomination.nominator, _("Go on with the draft")),
    )


def alert_raised(alert, person, *, now):
    """To whoever looks after the customer, and to the program's contact: something changed that matters now."""
    nomination = alert.nomination
    write_message(
        kind="alert_raised",
        about=alert,
        recipient=person.email,
        occurrence="noticed",
        subject=f"{company_of(nomination)}: {alert.get_kind_display()}",
        template="alert_raised",
        context=_context(nomination, person, _("Open the nomination")) | {"alert": alert},
        not_before=now,
    )


def company_of(nomination):
    return nomination.account.name if nomination.account else nomination.organization_as_given


def _context(nomination, person, link_text):
    return {
        "nomination": nomination,
        "company": company_of(nomination),
        "program": nomination.program,
        "person": person,
        "link": absolute_url(nomination.get_absolute_url()),
        "link_text": link_text,
    }

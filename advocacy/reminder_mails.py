"""What the clocks of people and companies say, one function a message."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.models import Account, Advocate, Consent, Recognition, User
from outbox.models import Message
from outbox.services import absolute_url, write_message

NAMED = 10


def consent_ends(
    advocate: Advocate, person: User, *, purposes: list[Consent], on: date, occurrence: str, now: datetime
) -> Message:
    """To whoever looks after the customer: what they allowed ends. The customer hears nothing from us."""
    asked = urlencode([("for", consent.purpose) for consent in purposes])
    return _write(
        "consent_ends",
        advocate,
        person,
        occurrence=occurrence,
        subject=_("%(who)s: what we may use ends on %(day)s") % {"who": advocate, "day": _day(on)},
        link=f"{reverse('advocate-consent', args=[advocate.pk])}?{asked}",
        link_text=_("Ask again, and write down the answer"),
        now=now,
        who=str(advocate),
        company=str(advocate.account or ""),
        day=_day(on),
        purposes=[_purpose(consent) for consent in purposes],
    )


def company_consent_ends(
    account: Account, person: User, *, purposes: list[Consent], on: date, occurrence: str, now: datetime
) -> Message:
    """The same for what a company allowed."""
    speaker = account.advocates.exclude(status=Advocate.Status.RETIRED).order_by("pk").first()
    return _write(
        "company_consent_ends",
        account,
        person,
        occurrence=occurrence,
        subject=_("%(who)s: what we may use ends on %(day)s") % {"who": account, "day": _day(on)},
        link=reverse("advocate", args=[speaker.pk]) if speaker else reverse("home"),
        link_text=_("Open the customer") if speaker else _("Open Laurel"),
        now=now,
        company=str(account),
        day=_day(on),
        purposes=[_purpose(consent) for consent in purposes],
    )


def _purpose(consent):
    given = _("allowed by %(who)s on %(day)s") % {"who": consent.given_by, "day": _day(consent.decided_at)}
    return consent.get_purpose_display(), given


def figures_old(person: User, *, accounts: Iterable[Account], occurrence: str, now: datetime) -> Message:
    """To a CSM, once a month: whose figures prove nothing any more."""
    accounts = list(accounts)
    more = len(accounts) - NAMED
    number = len(accounts)
    return _write(
        "figures_old",
        person,
        person,
        occurrence=occurrence,
        subject=ngettext("Old figures of a customer", "Old figures of %(number)s customers", number) % {"number": number},
        link=reverse("home"),
        link_text=_("Open your day"),
        now=now,
        accounts=[
            (account.name, _("health, usage and renewal as of %(day)s") % {"day": _day(account.metrics_as_of)})
            for account in accounts[:NAMED]
        ],
        more=_("and %(number)s more") % {"number": more} if more > 0 else "",
    )


def recognition_owed(recognition: Recognition, person: User, *, is_last: bool, occurrence: str, now: datetime) -> Message:
    """To whoever looks after the customer, at last to the team: it was promised, and its day has passed."""
    advocate = recognition.advocate
    return _write(
        "recognition_owed",
        recognition,
        person,
        occurrence=occurrence,
        subject=_("Promised and not given: %(what)s for %(who)s") % {"what": recognition.what, "who": advocate},
        link=reverse("advocate", args=[advocate.pk]),
        link_text=_("Open the profile, and say when it is given"),
        now=now,
        what=recognition.what,
        who=str(advocate),
        company=str(advocate.account or ""),
        day=_day(recognition.due_on),
        before=_("Whoever looks after this customer was reminded twice.") if is_last else "",
    )


def _write(kind, about, person, *, occurrence, subject, link, link_text, now, **facts):
    return write_message(
        kind=kind,
        about=about,
        recipient=person.email,
        occurrence=occurrence,
        subject=subject,
        template=kind,
        context={"person": person, "link": absolute_url(link), "link_text": link_text, **facts},
        not_before=now,
    )


def _day(day):
    return date_format(day, "j F Y")

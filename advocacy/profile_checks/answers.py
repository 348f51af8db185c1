from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import emails
from advocacy.exceptions import NobodyResponsible
from advocacy.links import use_link
from advocacy.models import Advocate, SecretLink, User, Verification
from advocacy.people import responsible_for
from advocacy.services import verify_section
from advocacy.working_time import day_of
from outbox.services import cancel_messages


def sections_of(link: SecretLink) -> list[str]:
    return link.detail.split(",")


@transaction.atomic
def confirm_profile(*, link: SecretLink, now: datetime) -> Advocate:
    """The customer says that all of it is right; raises LinkUsed when they have answered before."""
    use_link(link=link, now=now)
    for section in sections_of(link):
        verify_section(advocate=link.about, section=section, method=Verification.Method.LINK, now=now)
    _stop_checks(link.about)
    return link.about


@transaction.atomic
def report_change(*, link: SecretLink, text: str, now: datetime) -> Advocate:
    """The customer says what changed, and whoever looks after the account gets it by mail.

    Raises LinkUsed, or NobodyResponsible where nobody would read it; then the link stays good.
    """
    use_link(link=link, now=now)
    people = responsible_for(link.about.account, on=day_of(now))
    if not people:
        raise NobodyResponsible(_("Nobody would read this here at the moment. Please answer the mail instead."))
    for person in people:
        emails.profile_changed(link.about, person, text=text, occurrence=f"link-{link.pk}", now=now)
    _stop_checks(link.about)
    return link.about


@transaction.atomic
def confirm_sections(*, advocate: Advocate, sections: list[str], by: User, now: datetime) -> None:
    """Somebody of ours says that these sections are right."""
    is_csm = advocate.account is not None and advocate.account.csm_id == by.pk
    method = Verification.Method.CSM if is_csm else Verification.Method.TEAM
    for section in sections:
        verify_section(advocate=advocate, section=section, method=method, by=by, now=now)


def _stop_checks(advocate: Advocate) -> None:
    for kind in emails.CHECK_KINDS:
        cancel_messages(kind=kind, about=advocate)

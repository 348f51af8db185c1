"""What becomes of somebody who left their company, and of a question asked by hand."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.links import end_links
from advocacy.models import Account, Advocate, PersonMatch, ProfileDoubt, SecretLink, User
from advocacy.people import responsible_for
from advocacy.profile_checks.finding import ASK
from advocacy.profile_checks.sending import ask_customer
from advocacy.profile_checks.states import read_profiles
from advocacy.services import change_employer, look_for_person, retire_advocate, verify_section
from advocacy.working_time import day_of
from outbox.models import Occurrence
from outbox.recipients import is_undeliverable

RECENT = timedelta(days=60)


class CannotAsk(RuleBroken):
    """The customer cannot be written to."""


@transaction.atomic
def ask_now(*, advocate: Advocate, sections: list[str], by: User, now: datetime) -> None:
    """Send the customer the link because somebody of ours wishes so: once a day. Raises CannotAsk with the reason."""
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=advocate.pk)
    if not advocate.email:
        raise CannotAsk(_("We have no address of %(name)s: correct it first.") % {"name": advocate})
    if is_undeliverable(advocate.email):
        raise CannotAsk(_("Mail to this address comes back. Correct it first, then ask."))
    if advocate.account and advocate.account.lifecycle == Account.Lifecycle.FORMER:
        raise CannotAsk(_("%(account)s is no customer any more: ask in person.") % {"account": advocate.account})
    if not _note_asked(advocate, sections, now):
        raise CannotAsk(_("Asked today already: the mail is on its way."))
    [profile] = read_profiles([advocate], now=now)
    ask_customer(
        profile, sections, by if advocate.account and advocate.account.csm_id == by.pk else _contact(advocate, now), now=now
    )


def asked_lately(advocate: Advocate, now: datetime) -> datetime | None:
    """When the customer last got the link, should that be of these weeks."""
    asked = Occurrence.objects.filter(rule=ASK, state="sent", object_id=advocate.pk, created_at__gte=now - RECENT)
    asked = asked.filter(content_type=ContentType.objects.get_for_model(advocate)).order_by("-created_at")
    return asked.values_list("created_at", flat=True).first()


def _note_asked(advocate, sections, now):
    """The question counts as asked by the rule, so that the clock does not repeat it."""
    [profile] = read_profiles([advocate], now=now)
    marks = "+".join(profile.mark(section) for section in sections)
    what = {"rule": ASK, "content_type": ContentType.objects.get_for_model(advocate), "object_id": advocate.pk}
    if Occurrence.objects.filter(**what, created_at__gte=now.replace(hour=0, minute=0, second=0, microsecond=0)).exists():
        return False
    Occurrence.objects.get_or_create(**what, mark=marks, defaults={"due_at": now, "state": "sent", "created_at": now})
    return True


def _contact(advocate, now):
    return next(iter(responsible_for(advocate.account, on=day_of(now))), None)


@transaction.atomic
def has_left(*, advocate: Advocate, to: Account | None, by: User, now: datetime) -> list[PersonMatch]:
    """They left the company: they go on at `to` with their history, or rest until we find them again.

    Returns the profiles elsewhere that may be the same person.
    """
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=advocate.pk)
    # Their mails stay where they worked.
    end_links(purpose=SecretLink.Purpose.VERIFY_PROFILE, about=advocate, now=now)
    if to:
        change_employer(advocate=advocate, account=to, by=by, now=now)
        method = "csm" if to.csm_id == by.pk else "team"
        verify_section(advocate=advocate, section="role", method=method, by=by, now=now)
    else:
        why = _("Has left %(account)s.") % {"account": advocate.account or "?"}
        retire_advocate(advocate=advocate, by=by, now=now, why=why)
        ProfileDoubt.objects.open().filter(advocate=advocate).update(settled_at=now)
    look_for_person(advocate=advocate, now=now)
    return matches_of(advocate)


def matches_of(advocate: Advocate) -> list[PersonMatch]:
    """Open proposals that this profile and one at another company are the same person."""
    both = PersonMatch.objects.open().filter(advocate=advocate) | PersonMatch.objects.open().filter(other=advocate)
    return list(both.select_related("advocate__account", "other__account"))

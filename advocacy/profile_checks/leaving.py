"""What becomes of somebody who left their company, and of a question asked by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import emails
from advocacy.consent_texts import OF_THE_COMPANY
from advocacy.exceptions import RuleBroken
from advocacy.links import end_links
from advocacy.models import Account, Advocate, Consent, PersonMatch, Position, ProfileDoubt, SecretLink, User
from advocacy.people import responsible_for
from advocacy.profile_checks.finding import ASK
from advocacy.profile_checks.sending import ask_customer
from advocacy.profile_checks.states import read_profiles
from advocacy.services import change_employer, look_for_person, record_consent, retire_advocate, verify_section
from advocacy.workflow import move
from advocacy.working_time import day_of
from outbox.models import Message, Occurrence
from outbox.recipients import is_undeliverable

RECENT = timedelta(days=60)


class CannotAsk(RuleBroken):
    """The customer cannot be written to."""


@transaction.atomic
def ask_now(*, advocate: Advocate, sections: list[str], by: User, now: datetime) -> None:
    """Send the customer the link because somebody of ours wishes so: once a day. Raises CannotAsk with the reason."""
    advocate = _locked(advocate.pk)
    if not advocate.email:
        raise CannotAsk(_("We have no address of %(name)s: correct it first.") % {"name": advocate})
    if is_undeliverable(advocate.email):
        raise CannotAsk(_("Mail to this address comes back. Correct it first, then ask."))
    if advocate.account and advocate.account.lifecycle == Account.Lifecycle.FORMER:
        raise CannotAsk(_("%(account)s is no customer any more: ask in person.") % {"account": advocate.account})
    if is_asked_today(asked_lately(advocate, now), now):
        raise CannotAsk(_("Asked today already: the mail is on its way."))
    [profile] = read_profiles([advocate], now=now)
    _note_asked(profile, sections, now)
    ask_customer(
        profile, sections, by if advocate.account and advocate.account.csm_id == by.pk else _contact(advocate, now), now=now
    )


def is_asked_today(asked_at: datetime | None, now: datetime) -> bool:
    """Whether the question of this day has gone out; days begin at midnight UTC."""
    return asked_at is not None and day_of(asked_at) == day_of(now)


def asked_lately(advocate: Advocate, now: datetime) -> datetime | None:
    """When the customer last got the link, should that be of these weeks."""
    asked = Message.objects.filter(kind=emails.ASK, object_id=advocate.pk, created_at__gte=now - RECENT)
    asked = asked.filter(content_type=ContentType.objects.get_for_model(advocate)).order_by("-created_at")
    return asked.values_list("created_at", flat=True).first()


def _note_asked(profile, sections, now):
    """The question counts as asked by the rule, so that the clock does not repeat it."""
    marks = "+".join(profile.mark(section) for section in sections)
    what = {"rule": ASK, "content_type": ContentType.objects.get_for_model(Advocate), "object_id": profile.advocate.pk}
    Occurrence.objects.get_or_create(**what, mark=marks, defaults={"due_at": now, "state": "written", "created_at": now})


def _contact(advocate, now):
    return next(iter(responsible_for(advocate.account, on=day_of(now))), None)


class AlreadyLeft(RuleBroken):
    """It was noted before that they left."""


class CannotUndo(RuleBroken):
    """Somebody noted as having left can no longer be brought back with one click."""


@dataclass(frozen=True)
class Departure:
    """What a profile was before somebody noted that the person left: enough to take the note back."""

    account: int | None
    title: str
    status: str
    doubts: list[int]  # open before
    to: int | None
    position: int | None
    at: str  # the moment, as ISO 8601


@transaction.atomic
def has_left(*, advocate: Advocate, to: Account | None, by: User, now: datetime) -> Departure:
    """They left the company: they go on at `to` with their history, or rest until we find them again.

    Raises AlreadyLeft when that is how it stands.
    """
    advocate = _locked(advocate.pk)
    if advocate.account_id == to.pk if to else advocate.status == Advocate.Status.RETIRED:
        raise AlreadyLeft(_("%(name)s was noted as having left before.") % {"name": advocate})
    was = {"account": advocate.account_id, "title": advocate.title, "status": advocate.status, "at": now.isoformat()}
    doubts = list(ProfileDoubt.objects.open().filter(advocate=advocate).values_list("pk", flat=True))
    position = None
    # Their mails stay where they worked.
    end_links(purpose=SecretLink.Purpose.VERIFY_PROFILE, about=advocate, now=now)
    if to:
        change_employer(advocate=advocate, account=to, by=by, now=now)
        position = advocate.positions.latest("pk").pk
        method = "csm" if to.csm_id == by.pk else "team"
        verify_section(advocate=advocate, section="role", method=method, by=by, now=now)
    else:
        why = _("Has left %(account)s.") % {"account": advocate.account or "?"}
        retire_advocate(advocate=advocate, by=by, now=now, why=why)
        ProfileDoubt.objects.open().filter(advocate=advocate).update(settled_at=now)
    look_for_person(advocate=advocate, now=now)
    return Departure(**was, doubts=doubts, to=to and to.pk, position=position)


@transaction.atomic
def undo_left(*, advocate: Advocate, departure: Departure, by: User, now: datetime) -> None:
    """They have not left: the profile is as it was. Raises CannotUndo once somebody changed it since, or undid it before.

    A link the customer held stays closed: they are asked anew.
    """
    advocate = _locked(advocate.pk)
    if _standing(advocate) != _standing_after(departure):
        raise CannotUndo(_("The profile of %(name)s was changed since, or this was undone already.") % {"name": advocate})
    if departure.to:
        _back_to_the_company(advocate, departure, by, now)
    else:
        move(advocate, to=departure.status, by=by, why=_("Has not left after all."), changed_at=now)
    doubts = ProfileDoubt.objects.filter(advocate=advocate)
    # Only what the two changes of employer raised goes; mail that came back meanwhile stays a doubt.
    doubts.open().filter(reason=ProfileDoubt.Reason.EMPLOYER).exclude(pk__in=departure.doubts).update(settled_at=now)
    doubts.filter(pk__in=departure.doubts).update(settled_at=None)


def _locked(pk):
    return Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=pk)


def _standing(advocate):
    return advocate.account_id, advocate.title, advocate.status


def _standing_after(departure):
    if departure.to:
        return departure.to, "", departure.status
    return departure.account, departure.title, Advocate.Status.RETIRED


def _back_to_the_company(advocate, departure, by, now):
    moment = datetime.fromisoformat(departure.at)
    advocate.account_id, advocate.title = departure.account, departure.title
    advocate.save(update_fields=["account", "title"])
    # A job that did not end and a role nobody checked; the audit keeps both moves.
    Position.objects.filter(pk=departure.position, advocate=advocate).delete()
    advocate.verifications.filter(verified_at=moment).delete()
    given = Consent.objects.filter(advocate=advocate, decision=Consent.Decision.GIVEN, decided_at__lt=moment)
    ended = Consent.objects.filter(advocate=advocate, decision=Consent.Decision.WITHDRAWN, decided_at=moment)
    for purpose in ended.filter(purpose__in=OF_THE_COMPANY).values_list("purpose", flat=True):
        earlier = given.filter(purpose=purpose).first()
        record_consent(
            advocate=advocate,
            purpose=purpose,
            decision=Consent.Decision.GIVEN,
            given_by=earlier.given_by,
            method=earlier.method,
            text_shown=earlier.text_shown,
            evidence="\n".join(filter(None, [earlier.evidence, _("In force again: the change of employer was a mistake.")])),
            recorded_by=by,
            channels=earlier.channels,
            expires_on=earlier.expires_on,
            now=now,
        )


def matches_of(advocate: Advocate) -> list[PersonMatch]:
    """Open proposals that this profile and one at another company are the same person."""
    both = PersonMatch.objects.open().filter(advocate=advocate) | PersonMatch.objects.open().filter(other=advocate)
    return list(both.select_related("advocate__account", "other__account"))

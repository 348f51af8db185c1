"""What somebody says of a profile: all of it is right, or what changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import emails
from advocacy.exceptions import NobodyResponsible
from advocacy.freshness import CONTACT, ROLE, STORY
from advocacy.links import end_links_of_profile, use_link
from advocacy.models import ActivityType, Advocate, Consent, SecretLink, User, Verification
from advocacy.people import responsible_for
from advocacy.profile_checks.doubts import doubt_employer
from advocacy.services import record_consent, set_willingness, verify_section
from advocacy.working_time import day_of
from outbox.services import cancel_messages

# What a customer may not change without the CSM reading of it: names and addresses stand in consents and in public.
SHOWN_TO_THE_CSM = ("name", "email")


@dataclass(frozen=True)
class Correction:
    """What is different: fields of the person, answers by activity, purposes taken back, and words for a person.

    `employer` says where they work now: that is for the CSM to settle, and the old job is no longer confirmed.
    `known_email` is an address they gave that another profile has: it is not written, and a person sees to it.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[ActivityType, str] = field(default_factory=dict)
    withdrawn: Collection[str] = ()
    story: str = ""
    employer: str = ""
    known_email: str = ""

    @property
    def unconfirmed(self) -> set[str]:
        contact = {CONTACT} if self.known_email else set()
        return contact | ({CONTACT, ROLE} if self.employer else set()) | ({STORY} if self.story else set())


def sections_of(link: SecretLink) -> list[str]:
    return link.detail.split(",")


@transaction.atomic
def confirm_profile(*, link: SecretLink, now: datetime) -> Advocate:
    """The customer says that all of it is right; raises LinkUsed when they have answered before."""
    return correct_profile(link=link, correction=Correction(), now=now)


@transaction.atomic
def correct_profile(*, link: SecretLink, correction: Correction, now: datetime) -> Advocate:
    """The customer corrects what we hold: it counts as checked, and what touches name, address or consent goes to the CSM.

    What only a person can settle goes to them in the customer's words, and that section stays unchecked. Raises
    LinkUsed, or NobodyResponsible where nobody would read the words; then nothing is kept and the link stays good.
    """
    use_link(link=link, now=now)
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account__csm").get(pk=link.object_id)
    before = {name: getattr(advocate, name) for name in correction.fields}
    _write(advocate, correction, now)
    _withdraw(advocate, correction.withdrawn, now)
    for section in set(sections_of(link)) - correction.unconfirmed:
        verify_section(advocate=advocate, section=section, method=Verification.Method.LINK, now=now)
    if correction.employer:
        doubt_employer(advocate, correction.employer, now)
    if words := _for_the_csm(before, correction):
        _tell(advocate, words, occurrence=f"link-{link.pk}", now=now)
    _stop_checks(advocate)
    return advocate


@transaction.atomic
def report_change(*, link: SecretLink, text: str, now: datetime) -> Advocate:
    """The customer says what changed in own words, and whoever looks after the account gets them by mail.

    Raises LinkUsed, or NobodyResponsible where nobody would read it; then the link stays good.
    """
    use_link(link=link, now=now)
    _tell(link.about, [text], occurrence=f"link-{link.pk}", now=now)
    _stop_checks(link.about)
    return link.about


@transaction.atomic
def confirm_sections(*, advocate: Advocate, sections: Collection[str], by: User, now: datetime) -> None:
    """Somebody of ours says that these sections are right."""
    is_csm = advocate.account is not None and advocate.account.csm_id == by.pk
    method = Verification.Method.CSM if is_csm else Verification.Method.TEAM
    for section in sections:
        verify_section(advocate=advocate, section=section, method=method, by=by, now=now)


@transaction.atomic
def correct_and_confirm(
    *, advocate: Advocate, correction: Correction, sections: Collection[str], by: User, now: datetime
) -> Advocate:
    """Somebody of ours writes down what is different; the sections they looked at count as checked."""
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=advocate.pk)
    _write(advocate, correction, now)
    confirm_sections(advocate=advocate, sections=sections, by=by, now=now)
    return advocate


def _write(advocate, correction, now):
    for name, value in correction.fields.items():
        setattr(advocate, name, value)
    if correction.fields:
        advocate.save(update_fields=list(correction.fields))
    if "email" in correction.fields or correction.known_email:
        end_links_of_profile(advocate, now)
    for activity_type, answer in correction.answers.items():
        own = advocate.willingness.filter(activity_type=activity_type).first()
        set_willingness(advocate=advocate, activity_type=activity_type, answer=answer, cap=own.cap if own else None)


def _withdraw(advocate, purposes, now):
    in_force = Consent.objects.in_force(day_of(now)).filter(advocate=advocate, purpose__in=purposes)
    for consent in in_force:
        record_consent(
            advocate=advocate,
            purpose=consent.purpose,
            decision=Consent.Decision.WITHDRAWN,
            given_by=advocate.name,
            method=Consent.Method.PAGE,
            text_shown=consent.text_shown,
            evidence=_("Taken back on the page that asks whether the profile is still right."),
            now=now,
        )


def _for_the_csm(before, correction):
    labels = {"name": _("Name"), "email": _("E-mail")}
    words = [
        _("%(field)s: was “%(before)s”, is “%(after)s”.")
        % {"field": labels[name], "before": before[name], "after": correction.fields[name]}
        for name in SHOWN_TO_THE_CSM
        if name in correction.fields
    ]
    purposes = dict(Consent.Purpose.choices)
    words += [_("Taken back: %(purpose)s.") % {"purpose": purposes[purpose]} for purpose in correction.withdrawn]
    if correction.known_email:
        words.append(
            _("E-mail: they give “%(email)s”. Another profile has this address, so nothing was changed; ask the advocacy team.")
            % {"email": correction.known_email}
        )
    if correction.employer:
        words.append(_("Works somewhere else now: %(employer)s") % {"employer": correction.employer})
    return words + ([correction.story] if correction.story else [])


def _tell(advocate, words, *, occurrence, now):
    people = responsible_for(advocate.account, on=day_of(now))
    if not people:
        raise NobodyResponsible(_("Nobody would read this here at the moment. Please answer the mail instead."))
    for person in people:
        emails.profile_changed(advocate, person, text="\n".join(words), occurrence=occurrence, now=now)


def _stop_checks(advocate: Advocate) -> None:
    for kind in emails.CHECK_KINDS:
        cancel_messages(kind=kind, about=advocate)

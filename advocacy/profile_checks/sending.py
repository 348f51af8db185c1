"""The mails about profiles that are due. Called for one occurrence of a rule, in its transaction."""

from collections import defaultdict
from datetime import datetime

from django.contrib.contenttypes.models import ContentType

from advocacy import emails
from advocacy.freshness import GRACE
from advocacy.links import issue_link
from advocacy.models import Account, Advocate, ProfileDoubt, SecretLink
from advocacy.people import responsible_for
from advocacy.profile_checks.finding import ASK, LEFT, OVERDUE
from advocacy.profile_checks.states import Profile, read_profiles
from advocacy.working_time import day_of
from outbox.clocks import Due
from outbox.models import Message, Occurrence

LINK_LASTS = GRACE
Reason = ProfileDoubt.Reason
# After these our mail does not reach the customer, or should not be the first thing they hear: the CSM asks.
FOR_THE_CSM = {Reason.BOUNCED, Reason.EMPLOYER, Reason.CSM, Reason.MAIL_DOMAIN, Reason.NO_ANSWER, Reason.KNOWN_TWICE}
KIND_OF = {OVERDUE: emails.OVERDUE, LEFT: emails.LEFT_SEARCH}


def ask(due: Due, now: datetime) -> None:
    """Ask the customer whether it is right, or whoever looks after them where a mail would not do."""
    profile, sections = _still_due(due, ASK, now)
    if not sections:
        return
    people = responsible_for(profile.advocate.account, on=day_of(now))
    doubts = _open_doubts(profile.advocate)
    if may_be_mailed(profile.advocate, doubts):
        ask_customer(profile, sections, people[0] if people else None, now=now)
    else:
        _tell(profile, sections, people, emails.ASK_CSM, doubts, now)


def remind(due: Due, rule: str, now: datetime) -> None:
    """Tell whoever looks after the customer: nobody answered, or the profile is out of the search."""
    profile, sections = _still_due(due, rule, now)
    people = responsible_for(profile.advocate.account, on=day_of(now)) if sections else []
    _tell(profile, sections, people, KIND_OF[rule], _open_doubts(profile.advocate), now)


def may_be_mailed(advocate: Advocate, doubts: list[ProfileDoubt]) -> bool:
    is_former = advocate.account is not None and advocate.account.lifecycle == Account.Lifecycle.FORMER
    return bool(advocate.email) and not is_former and not FOR_THE_CSM.intersection(doubt.reason for doubt in doubts)


def ask_customer(profile: Profile, sections: list[str], contact, *, now: datetime) -> Message:
    """The link to the page that shows what we hold."""
    until = now + LINK_LASTS
    token = issue_link(
        purpose=SecretLink.Purpose.VERIFY_PROFILE, about=profile.advocate, expires_at=until, detail=",".join(sections)
    )
    occurrence = _occurrence(profile, sections)
    return emails.profile_check(
        profile.advocate, token=token, sections=sections, occurrence=occurrence, until=until, contact=contact, now=now
    )


def stop_pointless_checks(now: datetime) -> int:
    """Cancel checks that wait in the outbox while their reason is gone: answered, paused, retired."""
    waiting = defaultdict(list)
    for message in check_messages().waiting().only("key", "object_id", "state"):
        waiting[message.object_id].append(message)
    if not waiting:
        return 0
    still_due = {
        profile.advocate.pk: {profile.mark(section) for section in profile.due}
        for profile in read_profiles(Advocate.objects.active().filter(pk__in=waiting), now=now)
    }
    pointless = [
        message.pk
        for pk, messages in waiting.items()
        for message in messages
        if still_due.get(pk, set()).isdisjoint(marks_of(message.key))
    ]
    return Message.objects.waiting().filter(pk__in=pointless).update(state=Message.State.CANCELLED)


def check_messages():
    return Message.objects.filter(kind__in=emails.CHECK_KINDS, content_type=ContentType.objects.get_for_model(Advocate))


def marks_of(key: str) -> list[str]:
    """The marks in the key of a message, which ends with its occurrence."""
    return key.rpartition(":")[2].split("+")


def _still_due(due, rule, now):
    """The profile as it stands once its row is ours, and those sections of `due` no other run spoke of meanwhile."""
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account__csm").get(pk=due.about.pk)
    [profile] = read_profiles([advocate], now=now)
    others = Occurrence.objects.filter(
        rule=rule, content_type=ContentType.objects.get_for_model(advocate), object_id=advocate.pk
    ).exclude(mark=due.mark)
    spoken = {mark for marks in others.values_list("mark", flat=True) for mark in marks.split("+")}
    wanted = set(due.mark.split("+")) - spoken
    return profile, [section for section in profile.due if profile.mark(section) in wanted]


def _open_doubts(advocate):
    return list(ProfileDoubt.objects.open().filter(advocate=advocate))


def _tell(profile, sections, people, kind, doubts, now):
    for person in people if sections else ():
        emails.profile_needs_check(
            profile.advocate,
            person,
            kind=kind,
            sections=sections,
            doubts=[doubt for doubt in doubts if doubt.section in sections],
            occurrence=_occurrence(profile, sections),
            now=now,
        )


def _occurrence(profile, sections):
    return "+".join(profile.mark(section) for section in sections)

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from advocacy import emails
from advocacy.freshness import CONSENT, CSM_TASK_AFTER, GRACE, STALE
from advocacy.links import issue_link
from advocacy.models import Account, Advocate, SecretLink
from advocacy.people import responsible_for
from advocacy.profile_checks.profiles import Profile, check_messages, due_profiles, marks_of, read_profiles
from advocacy.working_time import day_of
from outbox.models import Message

LINK_LASTS = GRACE
BATCH = 500


def send_due_checks(*, now: datetime) -> int:
    """Ask, remind and tell whatever is due; returns how many profiles that touched."""
    stop_pointless_checks(now=now)
    due = list(due_profiles(now).select_related("account").order_by("pk"))
    touched = 0
    for start in range(0, len(due), BATCH):
        for profile in read_profiles(due[start : start + BATCH], now=now):
            if any(_todo(profile, now=now).values()):
                touched += check_profile(advocate=profile.advocate, now=now)
    return touched


@transaction.atomic
def check_profile(*, advocate: Advocate, now: datetime) -> bool:
    """Write what one profile needs now; of two simultaneous callers the second finds nothing left to do."""
    advocate = Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=advocate.pk)
    [profile] = read_profiles([advocate], now=now)
    todo = _todo(profile, now=now)
    if not any(todo.values()):
        return False
    people = responsible_for(advocate.account, on=day_of(now))
    if sections := todo.pop(emails.ASK):
        _ask_customer(profile, sections, people, now=now)
    for kind, sections in todo.items():
        for person in people if sections else ():
            occurrence = profile.occurrence(sections)
            emails.profile_needs_check(advocate, person, kind=kind, sections=sections, occurrence=occurrence, now=now)
    return True


def stop_pointless_checks(*, now: datetime) -> int:
    """Cancel checks that wait in the outbox while their reason is gone: answered, paused, retired."""
    waiting = defaultdict(list)
    for message in check_messages().waiting():
        waiting[message.object_id].append(message)
    advocates = list(Advocate.objects.active().filter(pk__in=waiting).select_related("account"))
    still_due = {
        profile.advocate.pk: {profile.mark(section) for section in profile.due} for profile in read_profiles(advocates, now=now)
    }
    pointless = [
        message.pk
        for pk, messages in waiting.items()
        for message in messages
        if still_due.get(pk, set()).isdisjoint(marks_of(message.key))
    ]
    return Message.objects.waiting().filter(pk__in=pointless).update(state=Message.State.CANCELLED)


def _todo(profile: Profile, *, now: datetime) -> dict[str, list[str]]:
    """For each kind of mail the sections it is due for."""
    written = profile.written
    asked = {**written.get(emails.ASK_CSM, {}), **written.get(emails.ASK, {})}
    # One mail a person a day: what falls due after today's waits for tomorrow's.
    asked_today = any(day_of(when) == day_of(now) for when in asked.values())
    todo = {kind: [] for kind in emails.CHECK_KINDS}
    for section in profile.due:
        mark = profile.mark(section)
        if mark not in asked:
            kind = None if asked_today else _whom_to_ask(profile.advocate, section)
        elif section != CONSENT and profile.sections[section].state == STALE:
            kind = emails.LEFT_SEARCH
        else:
            kind = emails.OVERDUE if asked[mark] + CSM_TASK_AFTER <= now else None
        if kind and mark not in written.get(kind, {}):
            todo[kind].append(section)
    return todo


def _whom_to_ask(advocate: Advocate, section: str) -> str:
    """The customer, except about a consent, which is given anew and not checked, and where they cannot be written to."""
    is_former = advocate.account is not None and advocate.account.lifecycle == Account.Lifecycle.FORMER
    if section == CONSENT or is_former or not advocate.email:
        return emails.ASK_CSM
    return emails.ASK


def _ask_customer(profile, sections, people, *, now):
    until = now + LINK_LASTS
    purpose = SecretLink.Purpose.VERIFY_PROFILE
    token = issue_link(purpose=purpose, about=profile.advocate, expires_at=until, detail=",".join(sections))
    emails.profile_check(
        profile.advocate,
        token=token,
        sections=sections,
        occurrence=profile.occurrence(sections),
        until=until,
        contact=people[0] if people else None,
        now=now,
    )

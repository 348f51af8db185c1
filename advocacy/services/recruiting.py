"""The way of a person from the first mention to an active advocate. Nobody stands in it twice."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.exceptions import AlreadyAdvocate, NotRecruited
from advocacy.models import Account, Advocate, Interview, Recruitment, User
from advocacy.recruiting import emails
from advocacy.services.people import activate_advocate, find_or_add_advocate
from advocacy.services.person_matches import look_for_person
from advocacy.services.settling import tell_those_who_put_forward
from advocacy.workflow import move, record_change
from advocacy.working_time import day_of

Status = Recruitment.Status
FURTHEST = timedelta(days=2 * 366)


@transaction.atomic
def put_forward_person(*, account: Account, name: str, email: str, title: str, why: str, by: User, now: datetime) -> Recruitment:
    """Nominate somebody known or new, as a colleague typed them; raises AlreadyAdvocate."""
    advocate = find_or_add_advocate(account=account, name=name, email=email, title=title, by=by, now=now)
    look_for_person(advocate=advocate, now=now)
    return put_forward(advocate=advocate, by=by, why=why, now=now)


@transaction.atomic
def put_forward(
    *,
    advocate: Advocate,
    by: User | None,
    why: str,
    now: datetime,
    source: str = Recruitment.Source.COLLEAGUE,
) -> Recruitment:
    """Nominate somebody as an advocate; whoever looks after the customer hears of it in the same transaction.

    A person in the pipeline already stays where they are and gets these words added. Somebody who was left in
    peace until a date stays so. Raises AlreadyAdvocate.
    """
    # Of two colleagues with the same person in mind, the second finds what the first wrote.
    advocate = Advocate.objects.select_for_update(no_key=True, of=("self",)).select_related("account__csm").get(pk=advocate.pk)
    if advocate.status in (Advocate.Status.ACTIVE, Advocate.Status.PAUSED):
        raise AlreadyAdvocate(_("%(name)s is an advocate already.") % {"name": advocate}, advocate)
    recruitment = _under_way(advocate, day_of(now))
    if recruitment is None:
        recruitment = Recruitment.objects.create(advocate=advocate, nominated_by=by, why=why, source=source, created_at=now)
        record_change(recruitment, from_status="", to_status=recruitment.status, by=by, changed_at=now)
    else:
        _join(recruitment, by=by, why=why, now=now)
    emails.put_forward(recruitment, by=by, why=why, now=now)
    return recruitment


def _under_way(advocate, today):
    """Where the person stands in the pipeline, or that they are to be left in peace for now."""
    resting = Q(status=Status.NOT_NOW, not_before__gt=today)
    standing = advocate.recruitments.filter(Q(status__in=Recruitment.OPEN) | resting)
    return standing.order_by("-created_at", "-pk").first()


def _join(recruitment, *, by, why, now):
    if recruitment.status == Status.SUGGESTED:
        move(recruitment, to=Status.NOMINATED, by=by, changed_at=now)
    if by is None or (recruitment.nominated_by_id is None and not recruitment.why):
        recruitment.nominated_by = recruitment.nominated_by or by
        recruitment.why = _with(recruitment.why, why)
        recruitment.save(update_fields=["nominated_by", "why"])
    elif recruitment.nominated_by_id == by.pk:
        recruitment.why = _with(recruitment.why, why)
        recruitment.save(update_fields=["why"])
    else:
        words, _is_new = recruitment.recommendations.get_or_create(by=by, defaults={"created_at": now})
        words.why = _with(words.why, why)
        words.save(update_fields=["why"])


def _with(before, more):
    return before if more in before else f"{before}\n{more}".strip()


@transaction.atomic
def take_up(*, recruitment: Recruitment, by: User, now: datetime) -> Recruitment:
    """Nominate whom the system suggested, or take somebody up again; raises ForbiddenMove or NotRecruited."""
    if Recruitment.objects.open().filter(advocate=recruitment.advocate_id).exclude(pk=recruitment.pk).exists():
        raise NotRecruited(_("This person stands in the pipeline already."))
    if move(recruitment, to=Status.NOMINATED, by=by, changed_at=now):
        recruitment.not_before = None
        recruitment.nominated_by = recruitment.nominated_by or by
        recruitment.save(update_fields=["not_before", "nominated_by"])
    return recruitment


@transaction.atomic
def not_now(*, recruitment: Recruitment, until: date, why: str, by: User, now: datetime) -> Recruitment:
    """Leave somebody in peace until a day; those who put them forward read the reason. Raises NotRecruited, ForbiddenMove."""
    if not day_of(now) < until <= day_of(now) + FURTHEST:
        raise NotRecruited(_("Choose a day after today, within two years."))
    if move(recruitment, to=Status.NOT_NOW, by=by, why=why, changed_at=now):
        cancel_planned(recruitment)
        tell_those_who_put_forward(recruitment, by=by, why=why, now=now)
    recruitment.not_before = until
    recruitment.save(update_fields=["not_before"])
    return recruitment


def cancel_planned(recruitment: Recruitment) -> None:
    for interview in recruitment.interviews.filter(outcome=Interview.Outcome.PLANNED):
        interview.outcome = Interview.Outcome.CANCELLED
        interview.save(update_fields=["outcome"])


@transaction.atomic
def make_active(*, recruitment: Recruitment, by: User, now: datetime) -> Advocate:
    """The last step, after the interview; raises NotRecruited before it."""
    recruitment = Recruitment.objects.select_for_update(of=("self",)).select_related("advocate").get(pk=recruitment.pk)
    if recruitment.status != Status.INTERVIEWED:
        raise NotRecruited(_("First the interview: it says what this person is willing to do and what they allow."))
    return activate_advocate(advocate=recruitment.advocate, by=by, now=now)


@transaction.atomic
def link_recruit(*, recruitment: Recruitment, account: Account, by: User, now: datetime) -> Recruitment:
    """Say which company somebody who offered themselves works at; its CSM is told. Raises NotRecruited."""
    advocate = Advocate.objects.select_for_update(no_key=True, of=("self",)).get(pk=recruitment.advocate_id)
    if advocate.account_id and advocate.account_id != account.pk:
        raise NotRecruited(_("%(name)s is at %(account)s already.") % {"name": advocate, "account": advocate.account})
    if advocate.account_id is None:
        advocate.account = account
        advocate.save(update_fields=["account"])
        recruitment.advocate = advocate
        emails.put_forward(recruitment, by=by, why=recruitment.why, now=now)
    return recruitment


def bring_back(*, now: datetime) -> int:
    """Take up again whose day has come, and say so to whoever looks after them; safe to run twice."""
    due = Recruitment.objects.filter(status=Status.NOT_NOW, not_before__lte=day_of(now))
    return sum(_bring_back(recruitment, now) for recruitment in due.select_related("advocate__account__csm"))


@transaction.atomic
def _bring_back(recruitment, now):
    advocate = Advocate.objects.select_for_update(no_key=True, of=("self",)).get(pk=recruitment.advocate_id)
    day, recruitment.not_before = recruitment.not_before, None
    recruitment.save(update_fields=["not_before"])
    # Whom nobody but the figures put forward is suggested anew, if the figures still say so.
    is_wanted = (
        (recruitment.source != Recruitment.Source.SYSTEM or recruitment.nominated_by_id is not None)
        and advocate.status in (Advocate.Status.CANDIDATE, Advocate.Status.RETIRED)
        and not advocate.recruitments.open().exists()
    )
    if is_wanted:
        move(recruitment, to=Status.NOMINATED, by=None, why=_("The day has come."), changed_at=now)
        emails.day_has_come(recruitment, day=day, now=now)
    return is_wanted

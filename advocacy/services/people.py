from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.consent_texts import OF_THE_COMPANY
from advocacy.models import Account, ActivityType, Advocate, Consent, Position, Story, User, Verification, Willingness
from advocacy.services.consent import record_consent
from advocacy.services.person_matches import profile_kept
from advocacy.services.settling import settle_recruitment
from advocacy.services.tiers import refresh_tiers
from advocacy.workflow import move, record_change
from advocacy.working_time import day_of


def find_or_add_advocate(
    *,
    account: Account | None,
    name: str,
    email: str = "",
    title: str = "",
    level: str = "",
    by: User | None = None,
    now: datetime | None = None,
    fills_address: bool = True,
) -> Advocate:
    """The person with this e-mail, else of this name at this account, else a new candidate.

    Blanks of a known person are filled; what we know is not overwritten. A person found at another
    account stays there: whoever knows of the new job calls `change_employer`. What comes from a public page fills
    no address: a namesake would get the links of somebody else.
    """
    details = {"name": " ".join(name.split()), "email": email.strip().lower(), "title": title, "level": level}
    with transaction.atomic():
        if account:
            # Two people adding the same name at once wait here for each other.
            Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        known = _known_person(account, details)
        if not known:
            return _add_candidate(account, details, by, now)
        return _fill_blanks(known, details if fills_address else details | {"email": ""})


def _known_person(account, details):
    known = _with_address(details["email"]) or _named_at(account, details["name"])
    return known and profile_kept(known)


def _with_address(email):
    return Advocate.objects.of_emails([email]).first() if email else None


def _named_at(account, name):
    return account and Advocate.objects.filter(account=account, name__iexact=name).order_by("pk").first()


def _fill_blanks(advocate, details):
    filled = [field for field, value in details.items() if value and not getattr(advocate, field)]
    for field in filled:
        setattr(advocate, field, details[field])
    if filled:
        advocate.save(update_fields=filled)
    return advocate


def _add_candidate(account, details, by, now):
    try:
        with transaction.atomic():
            advocate = Advocate.objects.create(account=account, **details)
    except IntegrityError:
        # Somebody added the same e-mail at another account since we looked.
        return Advocate.objects.of_emails([details["email"]]).get()
    record_change(advocate, from_status="", to_status=advocate.status, by=by, changed_at=now)
    return advocate


@transaction.atomic
def change_employer(
    *, advocate: Advocate, account: Account | None, title: str = "", by: User | None = None, now: datetime
) -> Advocate:
    """Move a person to a new job; the old one becomes a dated position, and what they allowed for its company ends."""
    remember_position(advocate=advocate, now=now)
    _end_consents_for_company(advocate, by, now)
    advocate.account = account
    advocate.title = title
    advocate.save(update_fields=["account", "title"])
    return advocate


def _end_consents_for_company(advocate, by, now):
    """Its name and logo were allowed beside this person, not those of the next employer."""
    given = Consent.objects.in_force(day_of(now)).filter(advocate=advocate, purpose__in=OF_THE_COMPANY)
    for consent in given:
        record_consent(
            advocate=advocate,
            purpose=consent.purpose,
            decision=Consent.Decision.WITHDRAWN,
            given_by=_("Nobody: %(name)s left %(account)s") % {"name": advocate, "account": advocate.account},
            method=Consent.Method.DOCUMENT,
            text_shown=consent.text_shown,
            evidence=_("Ended with the change of employer."),
            recorded_by=by,
            now=now,
        )


def remember_position(*, advocate: Advocate, now: datetime) -> Position:
    """Keep the job a person is about to leave."""
    return advocate.positions.create(account=advocate.account, title=advocate.title, ended_on=day_of(now))


@transaction.atomic
def activate_advocate(*, advocate: Advocate, by: User | None, now: datetime, why: str = "") -> Advocate:
    """Make a candidate (or somebody back from a pause) an active advocate; raises ForbiddenMove."""
    if move(advocate, to=Advocate.Status.ACTIVE, by=by, why=why, changed_at=now):
        advocate.paused_until = None
        advocate.stage = _at_least_advocate(advocate.stage)
        advocate.save(update_fields=["paused_until", "stage"])
        settle_recruitment(advocate=advocate, by=by, now=now)
    return advocate


def _at_least_advocate(stage):
    below = {Advocate.Stage.SATISFIED, Advocate.Stage.ENGAGED}
    return Advocate.Stage.ADVOCATE if stage in below else stage


@transaction.atomic
def pause_advocate(*, advocate: Advocate, until: date | None, by: User | None, now: datetime, why: str = "") -> Advocate:
    """Nobody is asked while paused; `until` is the first day back, None until somebody says so."""
    move(advocate, to=Advocate.Status.PAUSED, by=by, why=why, changed_at=now)
    advocate.paused_until = until
    advocate.save(update_fields=["paused_until"])
    return advocate


def retire_advocate(*, advocate: Advocate, by: User | None, now: datetime, why: str = "") -> Advocate:
    move(advocate, to=Advocate.Status.RETIRED, by=by, why=why, changed_at=now)
    return advocate


def end_pauses(*, now: datetime) -> int:
    """Bring back those whose pause is over; safe to run twice."""
    over = Advocate.objects.filter(status=Advocate.Status.PAUSED, paused_until__lte=day_of(now))
    return sum(bool(activate_advocate(advocate=advocate, by=None, now=now)) for advocate in over)


def set_willingness(*, advocate: Advocate, activity_type: ActivityType, answer: str, cap: int | None = None) -> Willingness:
    """What the person answered for an activity; a later answer replaces the earlier one."""
    return Willingness.objects.update_or_create(
        advocate=advocate, activity_type=activity_type, defaults={"answer": answer, "cap": cap}
    )[0]


def verify_section(*, advocate: Advocate, section: str, method: str, now: datetime, by: User | None = None) -> Verification:
    """Somebody said that a section of the profile is still right; `by` is empty when the customer did."""
    return Verification.objects.create(advocate=advocate, section=section, method=method, verified_by=by, verified_at=now)


def add_story(
    *, advocate: Advocate, source_key: str, came_from: str, by: User | None, now: datetime | None = None, **story_fields
) -> Story:
    """Add a story, or update the one from the same source; one that somebody edited since stays as they left it.

    Without `now` the tier follows with the nightly round.
    """
    fields = {"advocate": advocate, "account": advocate.account, "came_from": came_from, **story_fields}
    if edited := source_key and Story.objects.filter(source_key=source_key, changed_at__isnull=False).first():
        return edited
    if source_key:
        story = Story.objects.update_or_create(source_key=source_key, defaults=fields)[0]
    else:
        story = Story.objects.create(**fields)
    if now:
        refresh_tiers(pks=[advocate.pk], now=now)
    return story

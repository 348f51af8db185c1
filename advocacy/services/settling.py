"""What the pipeline does when a person becomes an advocate, whichever way that came about."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.models import Advocate, Recruitment, User
from advocacy.recruiting import emails
from advocacy.workflow import move, record_beginnings, record_change
from advocacy.working_time import day_of


def settle_recruitment(*, advocate: Advocate, by: User | None, now: datetime) -> None:
    """Close the person's way through the pipeline: they are an advocate. Without one this changes nothing."""
    for recruitment in advocate.recruitments.open():
        move(recruitment, to=Recruitment.Status.ACTIVE, by=by, changed_at=now)
        recruitment.advocate = advocate
        tell_those_who_put_forward(recruitment, by=by, why="", now=now)


def note_recruited_by_award(*, advocate: Advocate, by: User | None, program: str, now: datetime) -> None:
    """Whoever became an advocate by winning stands among the recruited, once; those in the pipeline stand there already."""
    if not advocate.recruitments.filter(status=Recruitment.Status.ACTIVE).exists():
        recruitment = Recruitment.objects.create(
            advocate=advocate,
            status=Recruitment.Status.ACTIVE,
            source=Recruitment.Source.AWARD,
            why=_("Won in %(program)s.") % {"program": program},
            created_at=now,
        )
        record_change(recruitment, from_status="", to_status=recruitment.status, by=by, changed_at=now)


def tell_those_who_put_forward(recruitment: Recruitment, *, by: User | None, why: str, now: datetime) -> None:
    """Whoever put somebody forward hears what became of it, once an outcome."""
    joined = [words.by for words in recruitment.recommendations.select_related("by")]
    for person in {recruitment.nominated_by, *joined} - {None, by}:
        if person.is_active:
            emails.what_became_of_it(recruitment, person, why=why, now=now)


def suggest_from_award(*, advocates: Iterable[Advocate], program: str, now: datetime) -> int:
    """Those who told their story for an award and did not win are worth an interview; returns how many are new.

    Again, or for people in the pipeline, left in peace, or advocates already, this adds nothing.
    """
    found = Advocate.objects.filter(pk__in=[advocate.pk for advocate in advocates], status=Advocate.Status.CANDIDATE)
    standing = Recruitment.objects.open() | Recruitment.objects.filter(not_before__gt=day_of(now))
    wanted = list(found.exclude(pk__in=standing.values("advocate")).exclude(recruitments__source=Recruitment.Source.AWARD))
    Recruitment.objects.bulk_create(
        [
            Recruitment(
                advocate=advocate,
                status=Recruitment.Status.SUGGESTED,
                source=Recruitment.Source.AWARD,
                why=_("Told their story for %(program)s.") % {"program": program},
                created_at=now,
            )
            for advocate in wanted
        ],
        ignore_conflicts=True,
    )
    made = Recruitment.objects.filter(advocate__in=wanted, source=Recruitment.Source.AWARD, created_at=now)
    record_beginnings(Recruitment, made.values_list("pk", flat=True), changed_at=now)
    return len(wanted)

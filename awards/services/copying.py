"""Next season's program from an earlier one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from advocacy.models import User
from awards.models import Judge
from awards.services.judging import appoint_judge
from nominations.models import Program
from nominations.services.programs import free_slug
from nominations.setup.dates import DATES, days_to_next_season, shifted

NOT_COPIED = {"id", "name", "season", "slug", "is_public", "announced_at", "copied_from", *DATES}


@transaction.atomic
def copy_program(*, program: Program, name: str, season: str = "", with_judges: bool = True, by: User, now: datetime) -> Program:
    """Everything but what anybody sent in: rules, categories, prizes, team, questions, occasions, rubric and our own judges.

    Dates and occasions come a year later, or as many years as put the opening ahead of `now`, on the same weekdays at
    the same times of day. Nobody outside sees the copy. Who left us is not taken along; guests are invited anew.
    """
    days = days_to_next_season(program.opens_at, now)
    copy = _copy_itself(program, days, name=name, season=season, by=by)
    categories = {category.pk: _clone(category, copy) for category in program.categories.all()}
    for prize in program.prize_list.all():
        _clone(prize, copy, category_id=prize.category_id and categories[prize.category_id].pk)
    for member in program.team.filter(Q(user__isnull=True) | Q(user__is_active=True)):
        _clone(member, copy)
    for occasion in program.touch_points.all():
        _clone(occasion, copy, on=occasion.on + timedelta(days=days))
    for row in [*program.questions.all(), *program.rubric.all()]:
        _clone(row, copy)
    if with_judges:
        _appoint_again(program, copy, categories, by=by, now=now)
    return copy


def _copy_itself(program, days, *, name, season, by):
    fields = _values(program, without=NOT_COPIED)
    fields |= {date: shifted(getattr(program, date), program.time_zone, days) for date in DATES}
    if not (program.contact and program.contact.is_active):
        fields["contact_id"] = by.pk
    if not (program.chair and program.chair.is_active):
        fields["chair_id"] = None
    return Program.objects.create(**fields, name=name, season=season, slug=free_slug(name), copied_from=program)


def _clone(row, copy, **changes):
    return type(row).objects.create(**_values(row, without={"id"}) | {"program_id": copy.pk} | changes)


def _values(row, *, without):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in without}


def _appoint_again(program, copy, categories, *, by, now):
    """Appointed anew, for the same criteria and categories."""
    for judge in Judge.objects.filter(program=program, user__is_active=True, left_at__isnull=True).order_by("pk"):
        again = appoint_judge(
            program=copy,
            user=judge.user,
            by=by,
            now=now,
            scores_story=judge.scores_story,
            scores_partnership=judge.scores_partnership,
        )
        again.categories.set(categories[pk] for pk in judge.categories.values_list("pk", flat=True))

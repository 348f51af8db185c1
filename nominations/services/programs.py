"""Beginning, moving and ending a program."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy import walltime
from advocacy.models import User
from advocacy.roles import ADVOCACY_TEAM
from nominations.exceptions import DatesNotMoved, ProgramStays
from nominations.models import Program
from nominations.setup.dates import DATES, shifted, suggested_dates

RESERVED = {"confirm"}  # /programs/confirm/ opens links from mails
# Moving one of these opens the results to judges, or judging anew to one who has seen them.
OF_JUDGING = {"judging_opens_at", "judging_closes_at"}


def start_program(*, name: str, time_zone: str, by: User, now: datetime, series: str = "", season: str = "") -> Program:
    """A program nobody sees yet, with an address from its name and dates to begin with."""
    return Program.objects.create(
        name=name,
        series=series,
        season=season,
        slug=free_slug(name),
        time_zone=time_zone,
        contact=by,
        **suggested_dates(now, time_zone),
    )


def team_of(program: Program) -> list[User]:
    """Who runs a program: its contact, else the advocacy team."""
    if program.contact and program.contact.is_active:
        return [program.contact]
    return list(User.objects.role(ADVOCACY_TEAM))


def free_slug(name: str) -> str:
    """An address made from the name that no program has."""
    base = slugify(name)[:40].strip("-") or "program"
    slug, number = base, 1
    while slug in RESERVED or Program.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def shift_dates(*, program: Program, days: int, by: User, now: datetime, first: str = "opens_at") -> Program:
    """Move `first` and every date after it by so many days; clocks in the program's zone show the same times.

    Raises DatesNotMoved for a date that has passed or would, for dates out of order, after the announcement,
    and where `by` judges the program and judging has opened.
    """
    program = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    names = DATES[DATES.index(first) :]
    _refuse_move(program, names, by=by, now=now)
    moved = {name: shifted(getattr(program, name), program.time_zone, days) for name in names}
    for name, moment in moved.items():
        _refuse_past(program, name, moment, now)
        setattr(program, name, moment)
    _refuse_disorder(program)
    program.save(update_fields=list(moved))
    return program


def _refuse_move(program, names, *, by, now):
    if program.announced_at:
        raise DatesNotMoved(_("The winners are announced: these dates are history."))
    _refuse_past(program, names[0], getattr(program, names[0]), now)
    if now >= program.judging_opens_at and OF_JUDGING & set(names) and program.judges.filter(user=by).exists():
        raise DatesNotMoved(_("You judge this program: since judging opened, only somebody who does not can move its dates."))


def _refuse_past(program, name, moment, now):
    if moment <= now:
        raise DatesNotMoved(
            _("%(date)s would lie in the past, on %(moment)s. Nothing was moved.")
            % {"date": _label(name), "moment": walltime.in_words(moment, program.time_zone)}
        )


def _refuse_disorder(program):
    strict = {"closes_at", "judging_closes_at"}
    for earlier, later in zip(DATES, DATES[1:], strict=False):
        first, second = getattr(program, earlier), getattr(program, later)
        if first > second or (first == second and later in strict):
            raise DatesNotMoved(
                _("%(later)s would come before %(earlier)s. Nothing was moved.")
                % {"later": _label(later), "earlier": _label(earlier).lower()}
            )


def _label(name):
    label = str(Program._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def why_it_stays(program: Program) -> str:
    """The sentence on why a program cannot be deleted; empty when it can."""
    way_out = _("Untick its public page to take it off the site.")
    if program.frozen_results.exists():
        return _("%(program)s has results, and stays so that they can be explained. %(way_out)s") % _facts(program, way_out)
    if program.nominations.exists() or program.self_nominations.exists():
        return _("%(program)s has nominations and stays. %(way_out)s") % _facts(program, way_out)
    if program.judges.exists():
        return _("%(program)s has judges and stays: what they gave would go with it. %(way_out)s") % _facts(program, way_out)
    return ""


def _facts(program, way_out):
    return {"program": program, "way_out": way_out}


@transaction.atomic
def delete_program(*, program: Program) -> None:
    """Remove a program nobody took part in; raises ProgramStays otherwise."""
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    if sentence := why_it_stays(program):
        raise ProgramStays(sentence)
    program.delete()

"""What is due in judging and awards at a moment: the queries behind the rules."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, OuterRef, Q, Subquery

from awards.models import Assignment, FollowThroughStep, Judge, Winner
from awards.pace import WEEK, Pace
from nominations.models import Program
from outbox.clocks import Due, asked_again_of, before, moments
from outbox.functions import EndOfDay, StartOfDay
from outbox.models import Occurrence

JUDGING_DAYS = (7, 3, 1)
OFFER_DAYS = (3,)
ZONE = "category__program__time_zone"


def judges_with_open_work(now: datetime) -> Iterator[Due]:
    judges = Judge.objects.filter(program__judging_opens_at__lte=now).reachable().open_work().with_open_count()
    begins = "program__judging_opens_at"
    return before("program__judging_closes_at", judges, days=JUDGING_DAYS, rule="judging_ends_soon", now=now, begins=begins)


def judging_behind(now: datetime) -> Iterator[Due]:
    """Programs that were not told of for a week; the week makes the occurrence of two beats one."""
    for program in _programs_in_judging(now):
        pace = pace_of(program, now)
        if pace.is_behind and (asked_again_of() or not (program.told_at and now - program.told_at < WEEK)):
            mark = f"{program.judging_closes_at:%Y%m%d%H%M}-week{pace.week}"
            yield Due(about=program, mark=mark, due_at=now, until=program.judging_closes_at)


def _programs_in_judging(now):
    told = Occurrence.objects.filter(
        rule="judging_behind", content_type=ContentType.objects.get_for_model(Program), object_id=OuterRef("pk")
    )
    return (
        with_counts(Program.objects.filter(judging_opens_at__lte=now, judging_closes_at__gt=now))
        .select_related("contact")
        .annotate(told_at=Subquery(told.order_by("-created_at").values("created_at")[:1]))
    )


def with_counts(programs):
    """Each with how many assignments are `done`, and how many are `owed`: those and the open ones."""
    mine, Status = "judges__assignments", Assignment.Status
    is_done = Q(**{f"{mine}__status": Status.DONE})
    is_open = Q(**{f"{mine}__status": Status.OPEN, f"{mine}__nomination__status": "submitted"})
    return programs.annotate(done=Count(mine, filter=is_done), owed=Count(mine, filter=is_done | is_open))


def pace_of(program: Program, now: datetime) -> Pace:
    """`program` comes from `with_counts`."""
    return Pace(program.done, program.owed, program.judging_opens_at, program.judging_closes_at, now)


def offers_without_answer(now: datetime) -> Iterator[Due]:
    """Three days before the last day is over, once the offer itself is a day old."""
    winners = Winner.objects.unanswered().filter(offered_at__lte=now - timedelta(days=1))
    winners = winners.annotate(ends_at=EndOfDay("answer_by", ZONE))
    return before("ends_at", winners, days=OFFER_DAYS, rule="award_reminder", now=now)


def announcements(now: datetime) -> Iterator[Due]:
    programs = Program.objects.filter(announced_at__isnull=True).select_related("contact")
    return before("announces_at", programs, days=[1], rule="announcement_soon", now=now)


def embargoes(now: datetime) -> Iterator[Due]:
    """A winner's own embargo, where it ends after the announcement."""
    own = Winner.objects.filter(status=Winner.Status.ACCEPTED, embargo_until__gt=F("category__program__announces_at"))
    return before("embargo_until", own.for_list(), days=[1], rule="embargo_lifts", now=now)


def steps(now: datetime) -> Iterator[Due]:
    planned = FollowThroughStep.objects.planned().select_related(
        "activity_type",
        "winner__category__program__contact",
        "winner__entry__nomination__nominee",
        "winner__entry__nomination__account__csm__deputy",
    )
    planned = planned.annotate(falls_due=StartOfDay("due_on", f"winner__{ZONE}"))
    return moments("falls_due", planned, days=[-3, 0, 7], rule="follow_through", now=now)

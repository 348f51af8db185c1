"""The clocks of judging and awards: reminders, and what is kept in order."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards import due, emails, services
from awards.models import FollowThroughStep, Judge, Winner
from awards.services import follow_through, preparation, reminders
from nominations.models import Program
from outbox.clocks import Chore, Rule, register, register_objects

QUARTER = timedelta(minutes=15)


def keep_assignments_current(now: datetime) -> int:
    programs = Program.objects.filter(judging_opens_at__lte=now, judging_closes_at__gte=now)
    return sum(services.open_judging(program=program, by=None, now=now) for program in programs)


def prepare_winners(now: datetime) -> int:
    """Lists to prepare winners and plans for what follows, as far as they are not there yet."""
    winners = Winner.objects.to_keep_current().select_related("category__program")
    for winner in winners:
        preparation.prepare_winner(winner=winner, now=now)
        follow_through.plan_follow_through(winner=winner)
    return len(winners)


register_objects(
    Judge,
    rows=lambda user, now: Judge.objects.visible_to(user).select_related("user", "program"),
    link=lambda judge: reverse("judging-progress", args=[judge.program.slug]),
)
register_objects(
    Winner,
    rows=lambda user, now: Winner.objects.visible_to(user, now).for_list().select_related("entry__category"),
    link=lambda winner: reverse("winner-file", args=[winner.pk]),
)
register_objects(
    FollowThroughStep,
    rows=lambda user, now: FollowThroughStep.objects.visible_to(user, now).for_list(),
    link=lambda step: reverse("winner-file", args=[step.winner_id]),
)

register(
    Rule(
        code="judging_ends_soon",
        label=_("Judges with open assignments"),
        to=_("the judge; a guest with a new link"),
        distances=_("7, 3 and 1 days before judging closes"),
        ends=_("the judge has nothing open or left, or judging closes"),
        find=due.judges_with_open_work,
        act=lambda found, now: emails.judging_ends_soon(found.about, -found.day, now=now),
        asks_again=True,
    ),
    Rule(
        code="judging_behind",
        label=_("Judging behind plan: more than 20 points between time and scores"),
        to=_("the program's contact, else the team"),
        distances=_("after half the time, once a week at most"),
        ends=_("the scores catch up, or judging closes"),
        find=due.judging_behind,
        act=reminders.judging_behind,
        every=timedelta(hours=1),
        asks_again=True,
    ),
    Rule(
        code="award_reminder",
        label=_("Offers of awards without an answer"),
        to=_("the nominee and whoever looks after them"),
        distances=_("3 days before the last day is over, once the offer is a day old"),
        ends=_("the nominee answers, or the offer is taken back or lapses"),
        find=due.offers_without_answer,
        act=lambda found, now: services.remind_of_offer(winner=found.about, now=now),
        asks_again=True,
    ),
    Rule(
        code="announcement_soon",
        label=_("Winners are announced"),
        to=_("the program's contact, else the team; CSMs of winners"),
        distances=_("1 day before the announcement"),
        ends=_("the winners are announced, or the day moves"),
        find=due.announcements,
        act=reminders.announcement_soon,
        asks_again=True,
    ),
    Rule(
        code="embargo_lifts",
        label=_("A winner's own embargo ends"),
        to=_("whoever looks after the winner, and the program's contact"),
        distances=_("1 day before"),
        ends=_("the award is taken back, or the day moves"),
        find=due.embargoes,
        act=reminders.embargo_lifts,
        asks_again=True,
    ),
    Rule(
        code="follow_through",
        label=_("Steps after the award that nobody has begun"),
        to=_("whoever looks after the winner; overdue, the team"),
        distances=_("3 days before, on the day, and 7 days after it"),
        ends=_("the winner is asked, or the step is dropped"),
        find=due.steps,
        act=reminders.follow_through_due,
        asks_again=True,
    ),
    Chore(
        code="judging_assignments",
        label=_("Open judging on its date and hand out late nominations"),
        run=keep_assignments_current,
    ),
    Chore(
        code="offers_lapsed",
        label=_("Let offers lapse whose last day is over, and put reserves forward"),
        run=lambda now: services.lapse_offers(now=now),
    ),
    Chore(code="winners_prepared", label=_("Prepare winners and plan what follows"), run=prepare_winners, every=QUARTER),
    Chore(
        code="steps_in_the_ledger",
        label=_("Follow what the ledger knows of steps after the award"),
        run=lambda now: follow_through.keep_steps_current(now=now),
        every=QUARTER,
    ),
)

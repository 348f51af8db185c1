"""What the CSM and the team see of one winner: the checklist, the prizes, the plan that follows."""

from functools import cached_property

from django.db.models import Count, Q

from advocacy.services.situation import availability_of
from advocacy.working_time import day_of
from awards.aftermath import is_late
from awards.models import FollowThroughStep, Winner
from awards.services.preparation import recognitions_of

Status = FollowThroughStep.Status


class WinnerFile:
    """One winner at the moment `now`."""

    def __init__(self, winner, *, now):
        self.winner, self.now, self.today = winner, now, day_of(now)

    @property
    def is_announced(self):
        return self.winner.category.program.announced_at is not None

    @property
    def is_accepted(self):
        return self.winner.status == Winner.Status.ACCEPTED

    @cached_property
    def preparation(self):
        items = list(self.winner.preparation.select_related("done_by"))
        for item in items:
            item.is_late = item.done_at is None and is_late(item.due_on, self.today)
        return items

    @cached_property
    def recognitions(self):
        return list(recognitions_of(self.winner))

    @cached_property
    def steps(self):
        """The plan, and for the next ask whether the ledger has a place."""
        steps = list(self.winner.follow_through.select_related("activity_type", "ask"))
        for step in steps:
            step.is_due = step.status == Status.PLANNED and step.due_on <= self.today
        if following := next((step for step in steps if step.status == Status.PLANNED), None):
            following.is_next = True
            nominee = self.winner.entry.nomination.nominee
            following.availability = availability_of(advocate=nominee, activity_type=following.activity_type, now=self.now)
        return steps


def with_what_is_due(winners, now):
    """Winners, each with how many items to prepare are late and how many asks of the plan are due."""
    today = day_of(now)
    late = Q(preparation__done_at__isnull=True, preparation__due_on__lt=today, category__program__announced_at__isnull=True)
    due = Q(follow_through__status=Status.PLANNED, follow_through__due_on__lte=today)
    return winners.annotate(
        late_count=Count("preparation", filter=late, distinct=True), due_count=Count("follow_through", filter=due, distinct=True)
    )

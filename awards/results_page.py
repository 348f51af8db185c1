"""What the results page shows, gathered in a fixed number of queries."""

from functools import cached_property

from django.db.models import Count, Q

from awards import plot, scoring, standings
from awards.freezing import is_intact
from awards.models import Assignment, Judge, Winner
from awards.services.announcement import what_is_missing
from nominations.walltime import in_words


class ResultsPage:
    """One program's results at the moment `now`; `category` narrows the tables and the picture."""

    def __init__(self, program, *, now, category=""):
        self.program = program
        self.now = now
        self.all_tables = standings.tables_of(program)
        known = {str(table.category.pk) for table in self.all_tables if table.category}
        self.category = category if category in known else ""

    @cached_property
    def tables(self):
        if not self.category:
            return self.all_tables
        return [table for table in self.all_tables if table.category and str(table.category.pk) == self.category]

    @cached_property
    def result(self):
        return self.program.frozen_results.select_related("frozen_by").first()

    @property
    def is_intact(self):
        return is_intact(self.result)

    @property
    def in_judging(self):
        return self.program.in_judging(self.now)

    @property
    def is_closed(self):
        return self.now > self.program.judging_closes_at

    @property
    def can_choose(self):
        return self.is_closed and not self.program.announced_at

    @property
    def phase(self):
        return self.program.phase(self.now)

    @property
    def deadline(self):
        return in_words(self.program.judging_closes_at, self.program.time_zone)

    @cached_property
    def numbered(self):
        """Number, row: each nomination once, best total first; the numbers of the picture."""
        rows = {row.nomination.pk: row for table in self.tables for row in table.rows}
        best_first = sorted(rows.values(), key=lambda row: (-(row.standing.total or 0), row.nomination.pk))
        return list(enumerate(best_first, start=1))

    @cached_property
    def points(self):
        both = [
            (str(number), str(row.nomination), row.standing.partnership.mean, row.standing.story.mean)
            for number, row in self.numbered
            if row.standing.story.mean is not None and row.standing.partnership.mean is not None
        ]
        return plot.place(both)

    @property
    def plot(self):
        return {
            "width": plot.WIDTH,
            "height": plot.HEIGHT,
            "left": plot.LEFT,
            "right": plot.WIDTH - plot.RIGHT,
            "top": plot.TOP,
            "bottom": plot.HEIGHT - plot.BOTTOM,
            "radius": plot.RADIUS,
            "grid": plot.grid(),
        }

    @cached_property
    def judges(self):
        """Each judge with how far they are."""
        in_running = Q(assignments__nomination__status="submitted")

        def count(status):
            return Count("assignments", filter=in_running & Q(assignments__status=status))

        return list(
            Judge.objects.filter(program=self.program)
            .select_related("user")
            .annotate(**{f"{status.value}_count": count(status) for status in Assignment.Status})
        )

    @property
    def judges_are_done(self):
        return bool(self.judges) and not any(judge.open_count for judge in self.judges)

    @cached_property
    def winners(self):
        chosen = [row for table in self.all_tables for row in table.chosen]
        for row in chosen:
            row.winner.category = row.entry.category  # known already: no query a winner
        return [row.winner for row in chosen]

    @property
    def missing(self):
        return what_is_missing(self.program, self.winners, self.now)

    @property
    def ready_to_announce(self):
        return self.can_choose and self.winners and not self.missing

    @property
    def waiting_for_an_answer(self):
        return [winner for winner in self.winners if winner.status == Winner.Status.OFFERED]

    @property
    def weights(self):
        return [(scoring.STORY, self.program.story_weight), (scoring.PARTNERSHIP, self.program.partnership_weight)]

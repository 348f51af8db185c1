"""What the results page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q

from advocacy.walltime import in_words
from awards import disputes, freezing, plot, remarks, standings, strong
from awards.models import Assignment, Judge, Result
from awards.services.announcement import chosen, not_in_the_result, what_is_missing
from nominations.models import Category

# Rows of the whole page, shared out among the categories; a category on its own is paged.
ROWS = 24
FEWEST = 3
DOTS = 25
TOP = 3


@dataclass(frozen=True)
class Section:
    """What is shown of one category."""

    category: Category | None
    rows: list[standings.Row]
    total: int
    page: Page | None = None

    @property
    def is_cut(self):
        return self.page is None and self.total > len(self.rows)


class ResultsPage:
    """One program's results at the moment `now`; `category` narrows the tables and the picture."""

    def __init__(self, program, *, now, category="", page=1):
        self.program = program
        self.now = now
        self.page_number = page
        known = {str(order.category) for order in self.orders if order.category}
        self.category = category if category in known else ""

    @cached_property
    def result(self):
        return Result.objects.newest_of(self.program)

    @cached_property
    def orders(self):
        if self.program.announced_at and self.result:
            return standings.frozen_orders(self.program, self.result)
        return standings.live_orders(self.program)

    @cached_property
    def categories(self):
        known = {category.pk: category for category in self.program.categories.all()}
        return [known[order.category] for order in self.orders if order.category in known]

    @cached_property
    def tables(self):
        by_pk = {category.pk: category for category in self.categories}
        return [
            Section(by_pk.get(order.category), self._rows_at(places), len(order.places), page)
            for order, places, page in self._cuts
        ]

    @cached_property
    def _cuts(self):
        return [(order, *self._cut(order)) for order in self._shown_orders]

    def _rows_at(self, places):
        return [row for place in places if (row := self._rows[id(place)])]

    @cached_property
    def _rows(self):
        """The rows of everything on the page, read in one go, by the place they belong to."""
        places = [place for _order, cut, _page in self._cuts for place in cut]
        places += [self._place_of[one.nomination] for one in [*self._disputes, *self._strong]]
        return dict(zip(map(id, places), standings.rows_of(places), strict=True))

    @cached_property
    def _place_of(self):
        return {place.runner.nomination: place for order in self.orders for place in order.places}

    @cached_property
    def _disputes(self):
        return disputes.of(self.orders)[:TOP]

    @cached_property
    def _strong(self):
        return strong.not_selected(self.orders)[:TOP]

    def _nominations(self, found):
        rows = self._rows_at([self._place_of[one.nomination] for one in found])
        return {row.nomination.pk: row.nomination for row in rows}

    @property
    def _shown_orders(self):
        if not self.category:
            return self.orders
        return [order for order in self.orders if str(order.category) == self.category]

    def _cut(self, order):
        if self.category:
            page = Paginator(order.places, ROWS).get_page(self.page_number)
            return page.object_list, page
        shown = max(FEWEST, self.program.winners_per_category, ROWS // len(self.orders))
        return order.places[:shown], None

    @property
    def is_intact(self):
        """Looked at anew every five minutes: hashing 35,000 scores takes longer than the rest of the page."""
        key = f"result-intact:{self.result.pk}:{self.result.digest}"
        return cache.get_or_set(key, lambda: freezing.is_intact(self.result), timeout=300)

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
        """Number, row: each nomination shown once, best total first; the numbers of the picture."""
        rows = {row.nomination.pk: row for table in self.tables for row in table.rows}
        best_first = sorted(rows.values(), key=lambda row: (-(row.standing.total or 0), row.nomination.pk))
        return list(enumerate(best_first[:DOTS], start=1))

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
        """Each judge with how far they are, and since when they judge."""
        in_running = Q(assignments__nomination__status="submitted")

        def count(status):
            return Count("assignments", filter=in_running & Q(assignments__status=status))

        judges = list(
            Judge.objects.filter(program=self.program)
            .select_related("user")
            .annotate(
                **{f"{status.value}_count": count(status) for status in Assignment.Status},
                began_at=Min("assignments__created_at"),
            )
        )
        remarks.mark_latecomers(judges, self.program)
        return judges

    @property
    def judges_are_done(self):
        return bool(self.judges) and not any(judge.open_count for judge in self.judges)

    @cached_property
    def remarks(self):
        """Sentences on what is odd about these results."""
        return remarks.on(self.program, self.orders)

    @cached_property
    def contested(self):
        return remarks.contested(self.program, self.orders)

    @cached_property
    def disputes(self):
        return disputes.lines(self._disputes, self._nominations(self._disputes))

    @cached_property
    def strong(self):
        return strong.lines(self._strong, self._nominations(self._strong))

    @cached_property
    def winners(self):
        return list(chosen(self.program))

    @cached_property
    def missing(self):
        return [*what_is_missing(self.program, self.winners, self.now), *self.strangers]

    @cached_property
    def strangers(self):
        """Sentences on winners the newest result does not speak of."""
        return not_in_the_result(self.program, self.winners) if self.result and not self.program.announced_at else []

    @cached_property
    def has_moved_on(self):
        """Whether the order is no longer that of the newest result; asked only before the announcement."""
        if self.program.announced_at or not self.result:
            return False
        frozen = [category["order"] for category in self.result.categories]
        return [freezing.order_of(order) for order in self.orders] != frozen

    @property
    def ready_to_announce(self):
        return self.can_choose and self.winners and not self.missing

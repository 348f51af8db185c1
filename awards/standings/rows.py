"""Places in the order together with the nomination and the entry they stand for, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from awards import scoring
from awards.models import Result
from awards.standings.orders import Order, Place, frozen_orders, live_orders, orders_of
from nominations.models import Category, Entry, Nomination, Program


@dataclass(frozen=True)
class Row:
    """One nomination in one category; without an entry where it is in no category."""

    nomination: Nomination
    entry: Entry | None
    standing: scoring.Standing

    @property
    def rank(self):
        return self.standing.rank

    @property
    def winner(self):
        return getattr(self.entry, "winner", None)

    @property
    def is_chosen(self):
        return bool(self.winner and self.winner.status in {self.winner.Status.OFFERED, self.winner.Status.ACCEPTED})

    @property
    def is_free(self):
        """Could still be chosen: neither chosen nor turned down."""
        return bool(self.entry) and self.entry.status in {Entry.Status.ENTERED, Entry.Status.SHORTLISTED}

    @property
    def spreads(self):
        return [self.standing.story.spread, self.standing.partnership.spread]


@dataclass(frozen=True)
class Table:
    category: Category | None
    rows: list[Row]

    @property
    def ranked(self):
        return [row for row in self.rows if row.rank is not None]

    @property
    def unranked(self):
        return [row for row in self.rows if row.rank is None]

    @property
    def chosen(self):
        return [row for row in self.rows if row.is_chosen]


def tables_of(program: Program) -> list[Table]:
    """One table a category in the program's order, best first."""
    return _tables(program, orders_of(program))


def live_tables(program: Program) -> list[Table]:
    return _tables(program, live_orders(program))


def frozen_tables(program: Program, result: Result) -> list[Table]:
    """The same tables as they were frozen; only names and answers are of today."""
    return _tables(program, frozen_orders(program, result))


def _tables(program: Program, orders: list[Order]) -> list[Table]:
    categories = {category.pk: category for category in program.categories.all()}
    rows = iter(rows_of([place for order in orders for place in order.places]))
    return [Table(categories.get(order.category), [row for _place in order.places if (row := next(rows))]) for order in orders]


def rows_of(places: Sequence[Place]) -> list[Row | None]:
    """A row a place, in the same sequence; None where a frozen place has lost its nomination."""
    entries = {entry.pk: entry for entry in _entries([place.runner.entry for place in places if place.runner.entry])}
    homeless = [place.runner.nomination for place in places if place.runner.entry not in entries]
    nominations = {one.pk: one for one in _nominations(homeless)} if homeless else {}
    return [_row(place, entries.get(place.runner.entry), nominations) for place in places]


def _row(place, entry, nominations):
    nomination = entry.nomination if entry else nominations.get(place.runner.nomination)
    return Row(nomination, entry, place.standing) if nomination else None


def _entries(pks):
    related = ["nomination__nominee", "nomination__account", "nomination__reply", "category", "winner"]
    return Entry.objects.filter(pk__in=pks).select_related(*related)


def _nominations(pks):
    return Nomination.objects.filter(pk__in=pks).select_related("nominee", "account")

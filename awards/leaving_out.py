"""The page of the orders without one judge: who would change a winner."""

from dataclasses import dataclass
from functools import cached_property

from advocacy.text import row_number
from awards import standings, trials
from awards.models import Judge

NAMED = 3


@dataclass(frozen=True)
class Change:
    """In one category: who would come in and who would go out without this judge."""

    category: object
    gains: list[str]
    losses: list[str]


@dataclass(frozen=True)
class Line:
    judge: Judge
    scored: int
    moved: int
    changes: list[Change]


class LeavingOut:
    def __init__(self, program):
        self.program = program

    @cached_property
    def basis(self):
        return standings.basis_of(self.program)

    @cached_property
    def judges(self):
        return {judge.pk: judge for judge in self.program.judges.select_related("user")}

    @cached_property
    def scored(self):
        """Judge id to the number of nominations they scored."""
        unique = {place.runner.nomination: place.standing for order in self.basis.orders for place in order.places}
        return trials.judges_in(list(unique.values()))

    def judge(self, pk: str) -> Judge | None:
        number = row_number(pk)
        return self.judges.get(number) if number in self.scored else None

    @cached_property
    def is_alone(self):
        return len(self.scored) == 1

    @cached_property
    def lines(self) -> list[Line]:
        """Those who would change a winner first, then by name."""
        found = {pk: self._compare(pk) for pk in self.scored if pk in self.judges}
        names = self._names(found)
        lines = [
            Line(self.judges[pk], self.scored[pk], sum(count for count, _turns in compared), self._changes(compared, names))
            for pk, compared in found.items()
        ]
        return sorted(lines, key=lambda line: (not line.changes, str(line.judge).casefold(), line.judge.pk))

    @cached_property
    def deciding(self):
        return [line for line in self.lines if line.changes]

    def _compare(self, judge):
        """For each category how many ranks would change, and who would win or lose a place."""
        compared = []
        for order in self.basis.orders:
            comparison = self.basis.without_judge(order, judge)
            gains = [move.nomination for move in comparison.moves if move.gains_place]
            losses = [move.nomination for move in comparison.moves if move.loses_place]
            compared.append((len(comparison.moved), (order, gains, losses)))
        return compared

    def _changes(self, compared, names):
        return [
            Change(self._categories.get(order.category), _named(order, gains, names), _named(order, losses, names))
            for _count, (order, gains, losses) in compared
            if gains or losses
        ]

    @cached_property
    def _categories(self):
        return {category.pk: category for category in self.program.categories.all()}

    def _names(self, found):
        """The names of all who would win or lose a place, in one go."""
        wanted = {
            (order.category, nomination)
            for compared in found.values()
            for _count, (order, gains, losses) in compared
            for nomination in [*gains[:NAMED], *losses[:NAMED]]
        }
        places = {
            (order.category, place.runner.nomination): place
            for order in self.basis.orders
            for place in order.places
            if (order.category, place.runner.nomination) in wanted
        }
        rows = standings.rows_of(list(places.values()))
        return {key: str(row.nomination) for key, row in zip(places, rows, strict=True) if row}


def _named(order, nominations, names):
    shown = [names.get((order.category, nomination), "") for nomination in nominations[:NAMED]]
    return [*shown, f"+{len(nominations) - NAMED}"] if len(nominations) > NAMED else shown

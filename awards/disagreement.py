"""Where judges disagree most: what to talk about before anything is chosen. Pure.

The rule: a nomination is worth a talk when in one criterion at least two judges gave a mean and the widest
two lie apart at all. The widest goes first; equal widths go by the variance of the panel, then by the
nomination's number. Its other criterion is not counted.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from awards.scoring import CRITERIA, CriterionResult, Standing


@dataclass(frozen=True)
class Disagreement:
    nomination: Hashable
    criterion: str
    result: CriterionResult
    width: Fraction

    @property
    def lowest(self) -> list[tuple[Hashable, Fraction]]:
        return self._at(min(self.result.by_judge.values()))

    @property
    def highest(self) -> list[tuple[Hashable, Fraction]]:
        return self._at(max(self.result.by_judge.values()))

    def _at(self, value):
        return [(judge, mean) for judge, mean in self.result.by_judge.items() if mean == value]


def most_disputed(standings: Iterable[Standing]) -> list[Disagreement]:
    """Each nomination once, by its wider criterion."""
    found = {}
    for one in standings:
        widest = max((_of(one, name) for name in CRITERIA), key=lambda each: each.width)
        if widest.width:
            found[one.nomination] = widest
    return sorted(found.values(), key=lambda each: (-each.width, -_variance(each.result), each.nomination))


def _of(one, criterion):
    result = one.criterion(criterion)
    values = result.by_judge.values()
    return Disagreement(one.nomination, criterion, result, max(values) - min(values) if values else Fraction(0))


def _variance(result):
    middle = result.mean
    return sum((value - middle) ** 2 for value in result.by_judge.values()) / result.judges

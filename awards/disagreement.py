"""Where judges disagree most: what to talk about before anything is chosen. Pure.

The rule: a nomination is worth a talk when in one criterion at least two judges gave a mean and the widest
two lie apart at all. The widest goes first; equal widths go by the variance of the panel, then by the
nomination's number. Its other criterion is not counted.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from awards.scoring import CRITERIA, CriterionResult, Standing, ratio


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
    found = {one.nomination: widest for one in standings if (widest := _widest(one)).width}
    bottom = lcm(*{each.width.denominator for each in found.values()})
    groups = defaultdict(list)
    for each in found.values():
        groups[each.width.numerator * (bottom // each.width.denominator)].append(each)
    return [each for width in sorted(groups, reverse=True) for each in _by_variance(groups[width])]


def _widest(one):
    return max((_of(one, name) for name in CRITERIA), key=lambda each: each.width)


def _of(one, criterion):
    result = one.criterion(criterion)
    bottom, tops = _over_one_denominator(result)
    return Disagreement(one.nomination, criterion, result, ratio(max(tops) - min(tops), bottom) if tops else ratio(0))


def _by_variance(equals):
    return sorted(equals, key=lambda each: (-_variance(each.result), each.nomination)) if len(equals) > 1 else equals


def _variance(result):
    """In whole numbers, sum(x²)/n - (sum(x)/n)², and one fraction at the end."""
    bottom, tops = _over_one_denominator(result)
    return ratio(len(tops) * sum([top * top for top in tops]) - sum(tops) ** 2, (len(tops) * bottom) ** 2)


def _over_one_denominator(result):
    values = result.by_judge.values()
    bottom = lcm(*[value.denominator for value in values])
    return bottom, [value.numerator * (bottom // value.denominator) for value in values]

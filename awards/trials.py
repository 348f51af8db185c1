"""Trials that change nothing: other weights and floors, and the panel without one of its judges. Pure.

Leaving a judge out does not apply the minimum of judges a second time, or every small panel would fall
apart: who ranks, ranks on, unless nobody is left for a criterion or a mean falls below its floor.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from awards.places import Places, places_of
from awards.scoring import BELOW_FLOOR, CRITERIA, PARTNERSHIP, STORY, CriterionResult, Rules, Standing, rank, standing_of


@dataclass(frozen=True)
class Move:
    """One nomination before and in the trial; a rank is None where it does not rank."""

    nomination: Hashable
    before: Standing
    after: Standing
    had_place: bool
    has_place: bool

    @property
    def gains_place(self) -> bool:
        return self.has_place and not self.had_place

    @property
    def loses_place(self) -> bool:
        return self.had_place and not self.has_place

    @property
    def moved(self) -> bool:
        return self.before.rank != self.after.rank

    @property
    def steps(self) -> int | None:
        """Ranks gained; negative when lost, None where one of the two does not rank."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def steps_down(self) -> int | None:
        return None if self.steps is None else -self.steps


@dataclass(frozen=True)
class Comparison:
    """Two orders of the same nominations; `moves` stand in the order of the trial."""

    moves: list[Move]
    before: Places
    after: Places

    @property
    def moved(self) -> list[Move]:
        return [move for move in self.moves if move.moved]

    @property
    def changes_winners(self) -> bool:
        return set(self.before.winning) != set(self.after.winning) or set(self.before.contested) != set(self.after.contested)


def compare(before: Sequence[Standing], after: Sequence[Standing], places: int, tie_rule: str) -> Comparison:
    was = {one.nomination: one for one in before}
    now, then = places_of(before, places, tie_rule), places_of(after, places, tie_rule)
    had_place, has_place = now.within_reach, then.within_reach
    moves = [
        Move(
            one.nomination,
            was[one.nomination],
            one,
            one.nomination in had_place,
            one.nomination in has_place,
        )
        for one in after
    ]
    return Comparison(moves, now, then)


def without_judge(
    standings: Sequence[Standing], judge: Hashable, rules: Rules, chair: Mapping[Hashable, int] | None = None
) -> list[Standing]:
    """The order as it were had `judge` scored nothing. Only what the judge scored is computed anew."""
    lenient = replace(rules, minimum_story_judges=0, minimum_partnership_judges=0)
    return rank([_left(one, judge, lenient) for one in standings], rules, chair)


def _left(one: Standing, judge, rules):
    if judge not in one.story.by_judge and judge not in one.partnership.by_judge:
        return one
    results: dict[str, CriterionResult] = {STORY: one.story.without(judge), PARTNERSHIP: one.partnership.without(judge)}
    lasting = tuple(reason for reason in one.reasons if reason.code != BELOW_FLOOR)
    return standing_of(one.nomination, results, rules, lasting)


def judges_in(standings: Sequence[Standing]) -> dict[Hashable, int]:
    """Each judge who scored with the number of nominations they scored."""
    counts = {}
    for one in standings:
        for judge in {judge for name in CRITERIA for judge in one.criterion(name).by_judge}:
            counts[judge] = counts.get(judge, 0) + 1
    return counts


def under(standings: Sequence[Standing], rules: Rules, chair: Mapping[Hashable, int] | None = None) -> list[Standing]:
    """The order under other rules. What does not follow from the scores, such as a withdrawal, stays."""
    return rank([_anew(one, rules) for one in standings], rules, chair)


def _anew(one: Standing, rules):
    results = {STORY: one.story, PARTNERSHIP: one.partnership}
    return standing_of(one.nomination, results, rules, one.reasons_from_outside)

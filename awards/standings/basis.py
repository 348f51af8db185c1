"""What a trial starts from: the orders with the rules that made them, of today or of the frozen result."""

from dataclasses import dataclass
from fractions import Fraction

from awards import scoring, trials
from awards.models import Result
from awards.standings.orders import Order, chair_places, frozen_orders, live_orders
from awards.standings.scores import rules_of
from nominations.models import Program


@dataclass(frozen=True)
class Basis:
    orders: list[Order]
    rules: scoring.Rules
    places: int
    chair: dict[int, int]

    def what_if(self, order: Order, rules: scoring.Rules) -> trials.Comparison:
        after = trials.under(order.standings, rules, self._chair_of(order))
        return self._compare(order, after)

    def without_judge(self, order: Order, judge: int) -> trials.Comparison:
        after = trials.without_judge(order.standings, judge, self.rules, self._chair_of(order))
        return self._compare(order, after)

    def _compare(self, order, after):
        return trials.compare(order.standings, after, self.places, self.rules.tie_rule)

    def _chair_of(self, order):
        return {
            place.runner.nomination: self.chair[place.runner.entry] for place in order.places if place.runner.entry in self.chair
        }


def basis_of(program: Program, result: Result | None = None) -> Basis:
    """Of `result`, of the newest one once announced, else of what stands now."""
    if result is None and program.announced_at:
        result = Result.objects.newest_of(program)
    if result is None:
        return Basis(live_orders(program), rules_of(program), program.winners_per_category, chair_places(program))
    payload = result.outline
    chair = {one["entry"]: one["place"] for one in payload.get("tie_decisions", [])}
    return Basis(frozen_orders(program, result), rules_in(payload), payload["method"]["winners_per_category"], chair)


def rules_in(payload: dict) -> scoring.Rules:
    """The rules a payload was frozen under."""
    method = payload["method"]
    return scoring.Rules(
        story_weight=method["story_weight"],
        story_floor=Fraction(*method["story_floor"]),
        partnership_floor=Fraction(*method["partnership_floor"]),
        minimum_story_judges=method["minimum_story_judges"],
        minimum_partnership_judges=method["minimum_partnership_judges"],
        tie_rule=method["tie_rule"],
    )

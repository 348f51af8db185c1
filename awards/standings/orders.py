"""The order in each category, with no more of each nomination than the order needs."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from awards import scoring
from awards.models import Result, TieDecision, Winner
from awards.places import Places, places_of
from awards.standings.scores import Results, results_of, rules_of
from nominations.models import Entry, Nomination, Program

NOBODY = {criterion: scoring.CriterionResult() for criterion in scoring.CRITERIA}


@dataclass(frozen=True, slots=True)
class Runner:
    """One nomination in one category, as ids and states; without an entry where it is in no category."""

    nomination: int
    nomination_status: str
    entry: int | None = None
    entry_status: str | None = None
    category: int | None = None
    winner_status: str | None = None

    @property
    def is_chosen(self):
        return self.winner_status in {Winner.Status.OFFERED, Winner.Status.ACCEPTED}

    @property
    def is_free(self):
        """Could still be chosen: neither chosen nor turned down."""
        return self.entry_status in {Entry.Status.ENTERED, Entry.Status.SHORTLISTED}


@dataclass(frozen=True, slots=True)
class Place:
    runner: Runner
    standing: scoring.Standing


@dataclass(frozen=True)
class Order:
    category: int | None
    places: list[Place]

    @property
    def standings(self) -> list[scoring.Standing]:
        return [place.standing for place in self.places]

    def winning(self, program: Program) -> Places:
        return places_of(self.standings, program.winners_per_category, program.tie_rule)


def orders_of(program: Program) -> list[Order]:
    """One order a category in the program's sequence, best first; last those in no category."""
    if program.announced_at and (result := Result.objects.newest_of(program)):
        return frozen_orders(program, result)
    return live_orders(program)


def live_orders(
    program: Program, *, rules: scoring.Rules | None = None, results: dict[int, Results] | None = None
) -> list[Order]:
    """The order as it is now; `rules` and `results` other than the program's own make it a trial."""
    rules = rules or rules_of(program)
    results = results_of(program) if results is None else results
    chair = chair_places(program)
    return [order_of(category, runners, results, rules, chair) for category, runners in runners_of(program).items()]


def order_of(category, runners, results, rules, chair) -> Order:
    by_pk = {runner.nomination: runner for runner in runners}
    standings = [
        scoring.standing_of(runner.nomination, results.get(runner.nomination, NOBODY), rules, out_of_the_running(runner))
        for runner in runners
    ]
    places = {runner.nomination: chair[runner.entry] for runner in runners if runner.entry in chair}
    return Order(category, [Place(by_pk[one.nomination], one) for one in scoring.rank(standings, rules, places)])


def out_of_the_running(runner: Runner) -> tuple[scoring.Reason, ...]:
    """A nomination that left keeps its place in the list, with the reason."""
    if runner.nomination_status != Nomination.Status.SUBMITTED:
        return (scoring.Reason(runner.nomination_status),)
    return () if runner.entry else (scoring.Reason("no_category"),)


def runners_of(program: Program) -> dict[int | None, list[Runner]]:
    """One query for all: a nomination in no category comes with nulls, and last."""
    by_category = defaultdict(list)
    columns = ["pk", "status", "entries", "entries__status", "entries__category", "entries__winner__status"]
    for row in in_the_call(program).order_by(*IN_SEQUENCE, "pk").values_list(*columns):
        runner = Runner(*row)
        by_category[runner.category].append(runner)
    return dict(by_category)


IN_SEQUENCE = ["entries__category__position", "entries__category__name", "entries__category"]


def in_the_call(program: Program):
    return program.nominations.exclude(status=Nomination.Status.DRAFT)


def chair_places(program: Program) -> dict[int, int]:
    """Entry id to the place the chair gave it among its equals."""
    if program.tie_rule != Program.TieRule.CHAIR:
        return {}
    return dict(TieDecision.objects.filter(entry__category__program=program).values_list("entry_id", "place"))


def frozen_orders(program: Program, result: Result) -> list[Order]:
    """The same orders as they were frozen; only the answers of winners are of today."""
    today = {(runner.category, runner.nomination): runner for runners in runners_of(program).values() for runner in runners}
    figures = {one["id"]: _figures(one) for one in result.outline["nominations"]}
    orders = []
    for category in result.categories:
        places = []
        for place in category["order"]:
            nomination = place["nomination"]
            runner = today.get((category["id"], nomination)) or Runner(nomination, Nomination.Status.SUBMITTED, place["entry"])
            places.append(Place(runner, _frozen_standing(place, *figures[nomination])))
        orders.append(Order(category["id"], places))
    return orders


def _figures(figures):
    criteria = [
        scoring.CriterionResult({judge: scoring.ratio(*value) for judge, value in figures[name]}) for name in scoring.CRITERIA
    ]
    return *criteria, scoring.ratio(*figures["total"]) if figures["total"] else None


def _frozen_standing(place, story, partnership, total):
    reasons = tuple(
        scoring.Reason(one["code"], one["criterion"], Fraction(*one["have"]), Fraction(*one["need"])) for one in place["reasons"]
    )
    return scoring.Standing(place["nomination"], story, partnership, total, reasons, place["rank"])

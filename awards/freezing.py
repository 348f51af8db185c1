"""The frozen result: ids and numbers in a payload that is hashed, names and words apart from it."""

import hashlib
import json
from fractions import Fraction

from awards import standings
from awards.models import Assignment, Result, TieDecision, Winner
from nominations.models import Nomination, Program

VERSION = 2
# The last word on ties, see scoring.rank.
REMAINING_TIES = "shared_rank_by_nomination_number"
SCORE_COLUMNS = ["judge", "nomination", "component", "value"]


def canonical(payload: dict) -> bytes:
    """Canonical JSON: keys sorted, no spaces, ASCII."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def digest_of(payload: dict) -> str:
    """SHA-256 over the payload as canonical JSON."""
    return hashlib.sha256(canonical(payload)).hexdigest()


def is_intact(result: Result) -> bool:
    return digest_of(result.payload) == result.digest


def is_current(result: Result, program: Program) -> bool:
    """Whether scores and recusals are still those the result was frozen from."""
    now = {"rows": [list(row) for row in score_rows(program)], "not_counted": _not_counted(program)}
    frozen = result.payload
    return now == {"rows": frozen["scores"]["rows"], "not_counted": frozen["not_counted"]}


def payload_of(program: Program, number: int = 1) -> dict:
    """Everything the result came from, as it is now."""
    orders = standings.live_orders(program)
    return {
        "version": VERSION,
        "program": program.pk,
        "number": number,
        "method": method_of(program),
        "components": [
            {"id": part.id, "criterion": part.criterion, "weight": part.weight} for part in standings.components_of(program)
        ],
        "judges": [
            {"id": judge.pk, "criteria": [str(one) for one in judge.criteria], "saw_results_early": judge.sees_results_early}
            for judge in program.judges.order_by("pk")
        ],
        "scores": {"columns": SCORE_COLUMNS, "rows": score_rows(program)},
        "not_counted": _not_counted(program),
        "nominations": figures_of(standing for order in orders for standing in order.standings),
        "categories": categories_of(program, orders),
        "tie_decisions": [
            {"entry": one.entry_id, "place": one.place, "decided_by": one.decided_by_id} for one in _tie_decisions(program)
        ],
    }


def method_of(program):
    return {
        "story_weight": program.story_weight,
        "story_floor": pair(Fraction(program.story_floor)),
        "partnership_floor": pair(Fraction(program.partnership_floor)),
        "minimum_story_judges": program.minimum_story_judges,
        "minimum_partnership_judges": program.minimum_partnership_judges,
        "tie_rule": str(program.tie_rule),
        "chair": program.chair_id,
        "remaining_ties": REMAINING_TIES,
        "winners_per_category": program.winners_per_category,
    }


def score_rows(program: Program) -> list[list]:
    """The scores that count; an empty value is not applicable."""
    columns = ["assignment__judge", "assignment__nomination", "component", "value"]
    return [list(row) for row in standings.counted_scores(program).values_list(*columns)]


def _not_counted(program):
    rows = _assignments(program).exclude(status=Assignment.Status.DONE).values_list("judge", "nomination", "status")
    return [{"judge": judge, "nomination": nomination, "state": state} for judge, nomination, state in rows]


def figures_of(all_standings) -> list[dict]:
    """The means of each nomination once, whichever categories it is in."""
    by_pk = {standing.nomination: standing for standing in all_standings}
    return [
        {
            "id": pk,
            "story": _means(standing.story),
            "partnership": _means(standing.partnership),
            "total": pair(standing.total),
        }
        for pk, standing in sorted(by_pk.items())
    ]


def _means(result):
    return [[judge, pair(value)] for judge, value in sorted(result.by_judge.items())]


def categories_of(program: Program, orders: list[standings.Order]) -> list[dict]:
    overrides = set(_overrides(program).values_list("entry", flat=True))
    return [_category(order, overrides) for order in orders]


def _category(order, overrides):
    chosen = [place.runner.entry for place in order.places if place.runner.is_chosen]
    return {
        "id": order.category,
        "order": order_of(order),
        "winners": chosen,
        "reserves": [place.runner.entry for place in order.places if place.standing.rank is not None and place.runner.is_free],
        "overrides": [entry for entry in chosen if entry in overrides],
    }


def order_of(order: standings.Order) -> list[dict]:
    return [place_of(place.standing, place.runner.entry) for place in order.places]


def place_of(standing, entry):
    return {
        "nomination": standing.nomination,
        "entry": entry,
        "rank": standing.rank,
        "reasons": [
            {"code": one.code, "criterion": one.criterion, "have": pair(one.have), "need": pair(one.need)}
            for one in standing.reasons
        ],
    }


def pair(value):
    return None if value is None else [value.numerator, value.denominator]


def notes_of(program: Program) -> dict:
    """What a person needs to read the numbers: names, comments, reasons. Can be blanked without breaking the hash."""
    judges = program.judges.select_related("user")
    nominations = Nomination.objects.filter(program=program).exclude(status=Nomination.Status.DRAFT)
    return {
        "judges": {str(judge.pk): str(judge) for judge in judges},
        "nominations": {str(one.pk): str(one) for one in nominations.select_related("nominee", "account")},
        "comments": _words(_assignments(program).exclude(comment=""), "comment"),
        "not_counted": _words(_assignments(program).exclude(status=Assignment.Status.DONE).exclude(reason=""), "reason"),
        "overrides": {str(winner.entry_id): winner.reason for winner in _overrides(program)},
        "tie_decisions": {str(one.entry_id): f"{one.decided_in_words} {one.reason}" for one in _tie_decisions(program)},
    }


def _words(assignments, field):
    return [
        {"judge": judge, "nomination": nomination, field: text}
        for judge, nomination, text in assignments.values_list("judge", "nomination", field)
    ]


def _assignments(program):
    return Assignment.objects.filter(judge__program=program).order_by("judge_id", "nomination_id")


def _overrides(program):
    return Winner.objects.standing().filter(category__program=program).exclude(reason="").order_by("pk")


def _tie_decisions(program):
    """Those of another tie rule count nowhere and stay out."""
    if program.tie_rule != Program.TieRule.CHAIR:
        return TieDecision.objects.none()
    return TieDecision.objects.filter(entry__category__program=program).select_related("decided_by").order_by("entry_id")

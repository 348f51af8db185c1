"""The frozen result: ids and numbers in a payload that is hashed, names and words apart from it."""

import hashlib
import json
from datetime import datetime
from fractions import Fraction

from awards import standings
from awards.models import Assignment, Result, Winner
from nominations.models import Program

VERSION = 1
# The last word on ties, see scoring.rank.
REMAINING_TIES = "shared_rank_by_nomination_number"


def freeze(*, program: Program, by, now: datetime) -> Result:
    tables = standings.live_tables(program)
    payload = payload_of(program, tables)
    return Result.objects.create(
        program=program, frozen_at=now, frozen_by=by, payload=payload, digest=digest_of(payload), notes=notes_of(program, tables)
    )


def digest_of(payload: dict) -> str:
    """SHA-256 over the payload as canonical JSON: keys sorted, no spaces, ASCII."""
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(result: Result) -> bool:
    return digest_of(result.payload) == result.digest


def payload_of(program: Program, tables: list[standings.Table]) -> dict:
    return {
        "version": VERSION,
        "program": program.pk,
        "method": _method(program),
        "components": [
            {"id": part.id, "criterion": part.criterion, "weight": part.weight} for part in standings.components_of(program)
        ],
        "judges": [
            {"id": judge.pk, "criteria": [str(one) for one in judge.criteria], "saw_results_early": judge.sees_results_early}
            for judge in program.judges.order_by("pk")
        ],
        "scores": _scores(program),
        "not_counted": _not_counted(program),
        "nominations": _figures(tables),
        "categories": [_category(table, program) for table in tables],
    }


def _method(program):
    return {
        "story_weight": program.story_weight,
        "story_floor": _pair(Fraction(program.story_floor)),
        "partnership_floor": _pair(Fraction(program.partnership_floor)),
        "minimum_story_judges": program.minimum_story_judges,
        "minimum_partnership_judges": program.minimum_partnership_judges,
        "tie_rule": program.tie_rule,
        "remaining_ties": REMAINING_TIES,
        "winners_per_category": program.winners_per_category,
    }


def _scores(program):
    rows = standings.counted_scores(program).values_list("assignment__judge", "assignment__nomination", "component", "value")
    return [
        {"judge": judge, "nomination": nomination, "component": part, "value": value} for judge, nomination, part, value in rows
    ]


def _not_counted(program):
    rows = _assignments(program).exclude(status=Assignment.Status.DONE).values_list("judge", "nomination", "status")
    return [{"judge": judge, "nomination": nomination, "state": state} for judge, nomination, state in rows]


def _figures(tables):
    by_pk = {row.nomination.pk: row.standing for table in tables for row in table.rows}
    return [
        {
            "id": pk,
            "story": _means(standing.story),
            "partnership": _means(standing.partnership),
            "total": _pair(standing.total),
        }
        for pk, standing in sorted(by_pk.items())
    ]


def _means(result):
    return [[judge, _pair(value)] for judge, value in sorted(result.by_judge.items())]


def _category(table, program):
    return {
        "id": table.category.pk if table.category else None,
        "order": [_place(row) for row in table.rows],
        "winners": [row.entry.pk for row in table.chosen],
        "reserves": [row.entry.pk for row in table.ranked if row.is_free],
        "overrides": [row.entry.pk for row in table.chosen if row.winner.reason],
    }


def _place(row):
    return {
        "nomination": row.nomination.pk,
        "entry": row.entry.pk if row.entry else None,
        "rank": row.rank,
        "reasons": [
            {"code": one.code, "criterion": one.criterion, "have": _pair(one.have), "need": _pair(one.need)}
            for one in row.standing.reasons
        ],
    }


def _pair(value):
    return None if value is None else [value.numerator, value.denominator]


def notes_of(program: Program, tables: list[standings.Table]) -> dict:
    """What a person needs to read the numbers: names, comments, reasons. Can be blanked without breaking the hash."""
    return {
        "judges": {str(judge.pk): str(judge) for judge in program.judges.select_related("user")},
        "nominations": {str(row.nomination.pk): str(row.nomination) for table in tables for row in table.rows},
        "comments": _words(_assignments(program).exclude(comment=""), "comment"),
        "not_counted": _words(_assignments(program).exclude(status=Assignment.Status.DONE).exclude(reason=""), "reason"),
        "overrides": {
            str(winner.entry_id): winner.reason
            for winner in Winner.objects.standing().filter(category__program=program).exclude(reason="").order_by("pk")
        },
    }


def _words(assignments, field):
    return [
        {"judge": judge, "nomination": nomination, field: text}
        for judge, nomination, text in assignments.values_list("judge", "nomination", field)
    ]


def _assignments(program):
    return Assignment.objects.filter(judge__program=program).order_by("judge_id", "nomination_id")

"""The rows of `export_scores` and `export_results`; the columns are a promise (design section 11)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from awards import scoring, standings
from awards.models import Assignment
from nominations.models import Program

SCORE_COLUMNS = [
    "nomination_id",
    "nomination",
    "category",
    "judge",
    "criterion",
    "component",
    "weight",
    "score",
    "state",
    "judge_id",
    "component_code",
]
RESULT_COLUMNS = [
    "rank",
    "nomination_id",
    "nomination",
    "category",
    "judges",
    "story",
    "partnership",
    "total",
    "state",
    "reason",
]

SCORED = "scored"
NOT_APPLICABLE = "not_applicable"
OPEN = "open"


def score_rows(program: Program) -> Iterator[list]:
    """One row for each component of each assignment within its scope, and for each category of the nomination."""
    components = defaultdict(list)
    for component in program.rubric.all():
        components[component.criterion].append(component)
    for assignment in _assignments(program):
        answers = {score.component_id: score.value for score in assignment.scores.all()}
        in_scope = [component for criterion in assignment.judge.criteria for component in components[criterion]]
        for category in _categories(assignment.nomination):
            for component in in_scope:
                state, value = _state(assignment, answers, component)
                yield [
                    assignment.nomination_id,
                    str(assignment.nomination),
                    category,
                    str(assignment.judge),
                    component.criterion,
                    component.name,
                    component.weight,
                    value,
                    state,
                    assignment.judge_id,
                    component.code,
                ]


def _state(assignment, answers, component):
    """Only what counts in the result shows as scored: what an unfinished judge has entered so far is still open."""
    if assignment.status != Assignment.Status.DONE:
        return assignment.status, None
    if component.pk not in answers:
        return OPEN, None
    value = answers[component.pk]
    return (NOT_APPLICABLE, None) if value is None else (SCORED, value)


def _categories(nomination):
    return [entry.category.name for entry in nomination.entries.all()] or [""]


def _assignments(program):
    return (
        Assignment.objects.filter(judge__program=program)
        .select_related("judge__user", "nomination__nominee", "nomination__account")
        .prefetch_related("scores", "nomination__entries__category")
        .order_by("nomination_id", "judge_id")
    )


def result_rows(program: Program) -> Iterator[list]:
    for table in standings.tables_of(program):
        for row in table.rows:
            standing = row.standing
            yield [
                row.rank,
                row.nomination.pk,
                str(row.nomination),
                table.category.name if table.category else "",
                standing.judges,
                _unrounded(standing.story.mean),
                _unrounded(standing.partnership.mean),
                _unrounded(standing.total),
                row.entry.status if row.entry else "",
                " ".join(reason.sentence for reason in standing.reasons),
            ]


def _unrounded(value: Fraction | None) -> Decimal | None:
    """Exact where the decimals end, else to 28 digits; never in exponent notation."""
    return None if value is None else scoring.as_decimal(value)

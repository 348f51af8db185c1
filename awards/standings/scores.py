"""What the judges gave, as the arithmetic takes it."""

from collections import defaultdict
from fractions import Fraction

from django.db import connection
from django.db.models import F, Q, Sum

from awards import scoring
from awards.models import Assignment, Criterion, Score
from nominations.models import Program

Results = dict[str, scoring.CriterionResult]


def rules_of(program: Program) -> scoring.Rules:
    return scoring.Rules(
        story_weight=program.story_weight,
        story_floor=Fraction(program.story_floor),
        partnership_floor=Fraction(program.partnership_floor),
        minimum_story_judges=program.minimum_story_judges,
        minimum_partnership_judges=program.minimum_partnership_judges,
        tie_rule=program.tie_rule,
    )


def components_of(program: Program) -> list[scoring.Component]:
    rows = program.rubric.order_by("pk").values_list("pk", "criterion", "weight")
    return [scoring.Component(pk, criterion, weight) for pk, criterion, weight in rows]


def counted_scores(program: Program):
    """The scores that count: of assignments that are done, within what the judge scores."""
    in_scope = Q(component__criterion=Criterion.STORY, assignment__judge__scores_story=True) | Q(
        component__criterion=Criterion.PARTNERSHIP, assignment__judge__scores_partnership=True
    )
    return Score.objects.filter(in_scope, assignment__judge__program=program, assignment__status=Assignment.Status.DONE).order_by(
        "assignment__judge", "assignment__nomination", "component"
    )


def results_of(program: Program) -> dict[int, Results]:
    """Nomination id to its criteria. The database adds up whole numbers; the means are made of them here, exactly."""
    means = defaultdict(lambda: {criterion: {} for criterion in scoring.CRITERIA})
    for nomination, judge, criterion, points, weights in _sums(program):
        means[nomination][criterion][judge] = scoring.ratio(points, weights)
    return {
        nomination: {criterion: scoring.CriterionResult(by_judge) for criterion, by_judge in criteria.items()}
        for nomination, criteria in means.items()
    }


def _sums(program):
    """Nomination, judge, criterion, sum(w * s) and sum(w): whole numbers, so nothing needs converting row by row."""
    rows = (
        counted_scores(program)
        .filter(value__isnull=False)
        .order_by()
        .values_list("assignment__nomination_id", "assignment__judge_id", "component__criterion")
        .annotate(points=Sum(F("value") * F("component__weight")), weights=Sum("component__weight"))
    )
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        return cursor.fetchall()

"""The rows of `export_scores` and `export_results`; the columns are a promise (design section 11)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from awards import scoring, standings
from awards.models import Assignment
from nominations.models import Entry, Nomination, Program

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
CHUNK = 2_000
AT_ONCE = 5_000  # assignments whose figures are sent while their reader waits; more are long work


def is_long(program: Program) -> bool:
    return Assignment.objects.filter(judge__program=program).count() > AT_ONCE


def score_rows(program: Program) -> Iterator[list]:
    """One row for each component of each assignment within its scope, and for each category of the nomination.

    Read as plain values in chunks, so that a large program takes neither long nor much memory.
    """
    scopes = _scopes(program)
    names, categories = _nominations(program), _categories(program)
    for _assignment, nomination, judge, status, answers in _assignments(program):
        name, scope = scopes[judge]
        for category in categories.get(nomination, [""]):
            for component in scope:
                state, value = _state(status, answers, component)
                yield [
                    nomination,
                    names[nomination],
                    category,
                    name,
                    component.criterion,
                    component.name,
                    component.weight,
                    value,
                    state,
                    judge,
                    component.code,
                ]


def _state(status, answers, component):
    """Only what counts in the result shows as scored: what an unfinished judge has entered so far is still open."""
    if status != Assignment.Status.DONE:
        return status, None
    if component.pk not in answers:
        return OPEN, None
    value = answers[component.pk]
    return (NOT_APPLICABLE, None) if value is None else (SCORED, value)


def _scopes(program):
    """Judge id to the judge's name and the components of their criteria."""
    components = defaultdict(list)
    for component in program.rubric.all():
        components[component.criterion].append(component)
    return {
        judge.pk: (str(judge), [component for criterion in judge.criteria for component in components[criterion]])
        for judge in program.judges.select_related("user")
    }


def _nominations(program):
    nominations = Nomination.objects.filter(program=program).select_related("nominee", "account")
    shown = ["nominee__name", "account__name", "organization_as_given", "nominee_as_given"]
    return {nomination.pk: str(nomination) for nomination in nominations.only(*shown).iterator(CHUNK)}


def _categories(program):
    names = defaultdict(list)
    entries = Entry.objects.filter(nomination__program=program).order_by("category__position", "pk")
    for nomination, category in entries.values_list("nomination", "category__name"):
        names[nomination].append(category)
    return names


def _assignments(program):
    """Id, nomination, judge, status and answers of each assignment, nomination by nomination."""
    columns = ["pk", "nomination", "judge", "status", "scores__component", "scores__value"]
    rows = Assignment.objects.filter(judge__program=program).order_by("nomination_id", "judge_id", "pk").values_list(*columns)
    for assignment, group in groupby(rows.iterator(CHUNK), key=lambda row: row[:4]):
        yield *assignment, {component: value for *_assignment, component, value in group if component}


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

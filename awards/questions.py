"""The questions of the desk, each with what stands beside it."""

from itertools import groupby

from awards import evidence, rubric
from awards.earlier import earlier_scores
from awards.models import Criterion

STORY_EVIDENCE = {rubric.MEASURABLE_OUTCOME, rubric.BEFORE_STATE, rubric.HUMAN_ELEMENT}
INSIDERS_EVIDENCE = STORY_EVIDENCE | {rubric.COMFORT}


def questions_by_criterion(form):
    """Criterion label and its questions: component, field, choices and, on the right page, evidence."""
    return by_criterion(
        {"component": component, "field": field, "choices": choices} for component, field, choices in form.questions()
    )


def by_criterion(questions):
    return [
        (Criterion(criterion).label, list(group))
        for criterion, group in groupby(questions, key=lambda question: question["component"].criterion)
    ]


def add_evidence(criteria, assignment):
    """The CSM's readings and the ledger are for insiders: a guest sees the story beside the story's questions, no more."""
    is_guest = assignment.judge.is_guest
    earlier, facts = earlier_scores(assignment), None
    for question in (one for _label, questions in criteria for one in questions):
        component = question["component"]
        shown = STORY_EVIDENCE if is_guest else INSIDERS_EVIDENCE
        question["evidence"] = f"awards/evidence/{component.code}.html" if component.code in shown else None
        question["earlier"] = earlier.get(component.pk, [])
        if is_guest:
            continue
        question["reading"] = evidence.reading_of(assignment.nomination, component)
        if component.code == rubric.RESPONSIVENESS:
            facts = facts or evidence.ledger_facts(assignment.nomination.nominee)
            question["ledger"] = facts
    return criteria

"""What a judge gave to other nominations for the same question: their own numbers, nobody else's."""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Assignment, Score
from awards.story import label_of

EXAMPLES = 5


@dataclass(frozen=True)
class Given:
    """One number, how often this judge gave it, and to which nominations lately."""

    value: int
    count: int
    examples: list[tuple[int, str]]

    @property
    def more(self):
        return self.count - len(self.examples)


def earlier_scores(assignment: Assignment) -> dict[int, list[Given]]:
    """Component id to the numbers given so far, highest first; of nominations that are done, in one query."""
    found = defaultdict(lambda: defaultdict(list))
    for score in _own(assignment):
        score.assignment.judge = assignment.judge
        found[score.component_id][score.value].append((score.assignment_id, label_of(score.assignment)))
    return {
        component: [Given(value, len(rows), rows[:EXAMPLES]) for value, rows in sorted(by_value.items(), reverse=True)]
        for component, by_value in found.items()
    }


def _own(assignment):
    return (
        Score.objects.filter(
            assignment__judge=assignment.judge_id, assignment__status=Assignment.Status.DONE, value__isnull=False
        )
        .exclude(assignment=assignment)
        .select_related("assignment__nomination__nominee", "assignment__nomination__account")
        .order_by("-assignment__decided_at", "-assignment_id")
    )

"""What stands beside each component on the desk: the CSM's reading, and what the ledger knows. None of it counts."""

from dataclasses import dataclass
from statistics import median

from advocacy.models import Ask, StatusChange
from awards import rubric

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class LedgerFacts:
    asked: int = 0
    accepted: int = 0
    declined: int = 0
    median_days: float | None = None


@dataclass(frozen=True)
class Reading:
    value: int | None
    sentence: str


def reading_of(nomination, component) -> Reading | None:
    """The CSM's number and sentence for a partnership component; None for all others."""
    field = rubric.READINGS.get(component.code)
    if field is None:
        return None
    return Reading(getattr(nomination, field), getattr(nomination, f"{field}_evidence"))


def ledger_facts(advocate) -> LedgerFacts:
    """How this person has answered our asks; awards are gifts and no asks."""
    if advocate is None:
        return LedgerFacts()
    asked_at = dict(advocate.asks.exclude(source=Ask.Source.AWARD).values_list("pk", "created_at"))
    answers = _first_answers(asked_at)
    days = [(moment - asked_at[pk]).total_seconds() / SECONDS_A_DAY for pk, (_answer, moment) in answers.items()]
    given = [answer for answer, _moment in answers.values()]
    return LedgerFacts(
        asked=len(asked_at),
        accepted=given.count(Ask.State.ACCEPTED),
        declined=given.count(Ask.State.DECLINED),
        median_days=round(median(days), 1) if days else None,
    )


def _first_answers(asked_at):
    """Ask id to the customer's first answer and its moment."""
    changes = (
        StatusChange.objects.filter(
            content_type__app_label="advocacy",
            content_type__model="ask",
            object_id__in=asked_at,
            to_status__in=[Ask.State.ACCEPTED, Ask.State.DECLINED],
        )
        .order_by("changed_at", "pk")
        .values_list("object_id", "to_status", "changed_at")
    )
    first = {}
    for pk, answer, moment in changes:
        first.setdefault(pk, (answer, moment))
    return first

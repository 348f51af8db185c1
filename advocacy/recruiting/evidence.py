"""The figures behind a suggestion, as they are shown: each line with its value and how old it is."""

from collections.abc import Iterable
from datetime import date

from advocacy.availability import METRICS_DAYS, NPS_DAYS

COUNTS_FOR = {"nps": NPS_DAYS}


def shown(evidence: Iterable[dict]) -> list[dict]:
    return [
        line | {"as_of": day(line.get("as_of", "")), "counts_for": COUNTS_FOR.get(line.get("code"), METRICS_DAYS)}
        for line in evidence
    ]


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

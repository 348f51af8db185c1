"""The figures behind a suggestion, as they are shown: each line with its value and how old it is."""

from collections.abc import Iterable
from datetime import date


def shown(evidence: Iterable[dict]) -> list[dict]:
    return [line | {"as_of": day(line.get("as_of", ""))} for line in evidence]


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

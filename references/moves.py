"""How something moved, as a page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Move:
    at: datetime
    label: str
    who: str
    why: str


def told(moves: Iterable[Move]) -> list[Move]:
    """What one person did within a minute, such as sending a request with somebody already chosen, is its last line.

    Two moves with a reason each stay two lines: no words are lost.
    """
    lines = []
    for move in moves:
        before = lines[-1] if lines else None
        if before and before.who == move.who and move.at - before.at <= AT_ONCE and not (before.why and move.why):
            lines[-1] = replace(move, why=move.why or before.why)
        else:
            lines.append(move)
    return lines

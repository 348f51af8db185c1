"""The path of each winner, from nominated to the first thing they did for us: facts, and where the points go.

Days are calendar days (UTC). The time to first advocacy output runs from the announcement to the first ask done
that is no gift, so an award itself does not count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from advocacy.models import Ask
from advocacy.working_time import day_of
from awards.models import Winner

REVIEW, REFERENCE = "review", "reference-call"
WIDTH, LEFT, RIGHT, TOP, ROW = 720, 8, 24, 28, 44
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Path:
    winner: Winner
    nominated: date
    won: date
    review: date | None
    reference: date | None
    first_output: date | None
    opportunities: int

    @property
    def days_to_output(self) -> int | None:
        return (self.first_output - self.won).days if self.first_output else None

    @property
    def stations(self) -> list[tuple[str, date]]:
        """Code and date of what happened, in order of time."""
        known = {"nominated": self.nominated, "won": self.won, "review": self.review, "reference": self.reference}
        return sorted(((code, day) for code, day in known.items() if day), key=lambda station: station[1])


def paths_of(winners: Iterable[Winner]) -> list[Path]:
    """The paths of announced winners, in a fixed number of queries."""
    winners = list(winners)
    done = _done_asks(winners)
    return [_path(winner, done[winner.entry.nomination.nominee_id]) for winner in winners]


def _done_asks(winners):
    nominees = {winner.entry.nomination.nominee_id for winner in winners}
    asks = Ask.objects.filter(advocate__in=nominees, state=Ask.State.DONE, activity_type__effort_hours__gt=0)
    found = defaultdict(list)
    for ask in asks.select_related("activity_type").order_by("counts_on", "pk"):
        found[ask.advocate_id].append(ask)
    return found


def _path(winner, asks):
    nomination, program = winner.entry.nomination, winner.category.program
    won = day_of(program.announced_at)
    since = [ask for ask in asks if ask.counts_on >= won]
    return Path(
        winner=winner,
        nominated=day_of(nomination.submitted_at or nomination.created_at),
        won=won,
        review=_first(since, REVIEW),
        reference=_first(since, REFERENCE),
        first_output=since[0].counts_on if since else None,
        opportunities=len({ask.opportunity_id for ask in since if ask.opportunity_id}),
    )


def _first(asks, code):
    return next((ask.counts_on for ask in asks if ask.activity_type.code == code), None)


def median_days(paths: Iterable[Path]) -> float | None:
    """The median time to first advocacy output in days, over the winners who have one."""
    days = [path.days_to_output for path in paths if path.days_to_output is not None]
    return median(days) if days else None


@dataclass(frozen=True)
class Picture:
    """Geometry in SVG units; the template draws it."""

    width: int
    height: int
    months: list[tuple[int, float]]
    rows: list[tuple[Path, float, float, list[tuple[str, date, float]]]]


def picture_of(paths: list[Path]) -> Picture:
    """One row a winner; each begins when they were nominated."""
    longest = max(((station[1] - path.nominated).days for path in paths for station in path.stations), default=0) or 1

    def x(days):
        return LEFT + (WIDTH - LEFT - RIGHT) * days / longest

    rows = []
    for number, path in enumerate(paths):
        stations = [(code, day, x((day - path.nominated).days)) for code, day in path.stations]
        rows.append((path, TOP + ROW * number + ROW * 0.65, stations[-1][2], stations))
    months = [(number, x(number * DAYS_A_MONTH)) for number in range(int(longest / DAYS_A_MONTH) + 1)]
    return Picture(width=WIDTH, height=TOP + ROW * len(paths) + 8, months=_at_most(months, 13), rows=rows)


def _at_most(months, count):
    step = -(-len(months) // count)
    return months[::step]

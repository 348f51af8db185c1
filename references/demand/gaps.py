from datetime import datetime

from references.demand.coverage import coverage
from references.demand.dimensions import DIMENSIONS
from references.demand.target import Cell

SHOWN = 5
WANTED_BY = ["industry", "region"]  # what whoever nominates knows of a customer


def biggest_gaps(now: datetime) -> list[Cell]:
    """The segments of which most advocates are missing, without those of which we know only half."""
    cells = coverage([DIMENSIONS[name] for name in WANTED_BY], None, now)
    return [cell for cell in cells if cell.missing and None not in cell.values][:SHOWN]

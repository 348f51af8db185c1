"""Supply and demand: open deals, growth goals and unmet needs against the advocates we have."""

from references.demand.coverage import coverage
from references.demand.dimensions import DIMENSIONS, MOST, chosen
from references.demand.gaps import biggest_gaps
from references.demand.target import Cell, Rules, target

__all__ = ["DIMENSIONS", "MOST", "Cell", "Rules", "biggest_gaps", "chosen", "coverage", "target"]

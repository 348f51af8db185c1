from dataclasses import fields
from datetime import datetime

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import ActivityType, User
from advocacy.working_time import day_of
from references.demand.deals import goals, open_deals, unmet_needs
from references.demand.dimensions import Dimension
from references.demand.supply import supply
from references.demand.target import Cell, Rules, biggest_first
from references.models import DemandRules


def current_rules() -> Rules:
    """The inputs of the formula as the advocacy team set them."""
    rules = DemandRules.current()
    return Rules(**{field.name: getattr(rules, field.name) for field in fields(Rules)})


def coverage(dimensions: list[Dimension], user: User | None, now: datetime, rules: Rules | None = None) -> list[Cell]:
    """Demand against supply for each combination that occurs, the biggest uncovered first.

    Advocates count as free when they may be asked for a reference call today. Deals and needs are those `user` may
    see; a clock, which has no eyes (None), counts everything. Where a value is open, every advocate speaks for it.
    """
    call = ActivityType.objects.get(code=REFERENCE_CALL)
    cells = {}
    for key, (deals, pipeline) in open_deals(dimensions, user).items():
        cell = _cell(cells, key)
        cell.deals, cell.pipeline = deals, pipeline
    for key, (deals, pipeline) in goals(dimensions, day_of(now)).items():
        cell = _cell(cells, key)
        cell.expected_deals, cell.expected_pipeline = deals, pipeline
    for key, number in unmet_needs(dimensions, user).items():
        _cell(cells, key).unmet = number
    for key, (free, resting, stale) in supply(dimensions, set(cells), call, now).items():
        cell = _cell(cells, key)
        cell.free, cell.resting, cell.stale = free, resting, stale
    _label(cells, dimensions)
    return biggest_first(list(cells.values()), rules or current_rules())


def _cell(cells, key):
    # What is not known is blank text in one table and null in another.
    key = tuple(value or None for value in key)
    return cells.setdefault(key, Cell(values=key))


def _label(cells, dimensions):
    labels = [(dimension.labels(), dimension.open_label) for dimension in dimensions]
    for key, cell in cells.items():
        cell.labels = tuple(str(names.get(value, open_label)) for value, (names, open_label) in zip(key, labels, strict=True))

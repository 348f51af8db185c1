"""How many advocates a segment needs. Pure: numbers in, numbers out.

    needed = opportunities x share that needs references x references each / asks a year an advocate can bear

rounded up, as issue 4 of the project states it; opportunities are the open deals and those that growth goals expect.
Advocates who are free or resting count as there; those whose profile went stale do not until somebody verifies them.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Inputs of the formula: a share in percent, and two numbers a deal and an advocate."""

    share_needing: int = 30
    references_each: Decimal = Decimal(2)
    asks_a_year: Decimal = Decimal(4)


def target(opportunities: int, rules: Rules) -> int:
    """Advocates needed for so many opportunities."""
    asks = opportunities * Decimal(rules.share_needing) / 100 * rules.references_each
    return int((asks / rules.asks_a_year).to_integral_value(rounding=ROUND_CEILING))


@dataclass(kw_only=True)
class Cell:
    """One combination of values: what is wanted of it, and who is there. Money is in the currency of the CRM."""

    values: tuple = ()
    labels: tuple[str, ...] = ()
    deals: int = 0
    pipeline: Decimal = Decimal(0)
    expected_deals: int = 0  # by growth goals
    expected_pipeline: Decimal = Decimal(0)
    unmet: int = 0
    free: int = 0
    resting: int = 0
    stale: int = 0
    needed: int = 0

    @property
    def there(self) -> int:
        return self.free + self.resting

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.there)

    @property
    def is_covered(self) -> bool:
        return not (self.missing or self.unmet)

    @property
    def all_pipeline(self) -> Decimal:
        return self.pipeline + self.expected_pipeline

    @property
    def uncovered(self) -> Decimal:
        """The part of the pipeline for which there are not enough advocates."""
        return self.all_pipeline * self.missing / self.needed if self.needed else Decimal(0)


def biggest_first(cells: list[Cell], rules: Rules) -> list[Cell]:
    """Cells with what they need, most uncovered pipeline first, then most advocates missing, then most unmet needs."""
    for cell in cells:
        cell.needed = target(cell.deals + cell.expected_deals, rules)
    return sorted(cells, key=lambda cell: (-cell.uncovered, -cell.missing, -cell.unmet, cell.labels))

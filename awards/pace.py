"""Does judging keep up with the calendar? Pure: counts and moments come in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# So many points may lie between the share of the time that has passed and the share that is scored.
LAG = 20
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Pace:
    done: int
    owed: int
    opens_at: datetime
    closes_at: datetime
    now: datetime

    @property
    def scored(self) -> int:
        """Percent of the assignments that are scored."""
        return 100 * self.done // self.owed if self.owed else 100

    @property
    def passed(self) -> int:
        """Percent of the time that has passed."""
        return int(100 * ((self.now - self.opens_at) / (self.closes_at - self.opens_at)))

    @property
    def half(self) -> datetime:
        return self.opens_at + (self.closes_at - self.opens_at) / 2

    @property
    def is_behind(self) -> bool:
        """After half the time, and by more than LAG points."""
        return self.half <= self.now < self.closes_at and self.passed - self.scored > LAG

    @property
    def week(self) -> int:
        """Weeks since half the time had passed."""
        return (self.now - self.half) // WEEK

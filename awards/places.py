"""Who would have the places of a category, by the order alone. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

from awards.scoring import TIE_SHARED, Standing


@dataclass(frozen=True)
class Places:
    """`winning` have a place; `contested` are equals for whom there are too few."""

    winning: tuple[Hashable, ...] = ()
    contested: tuple[Hashable, ...] = ()

    @property
    def within_reach(self) -> set[Hashable]:
        return {*self.winning, *self.contested}


def places_of(order: Sequence[Standing], number: int, tie_rule: str) -> Places:
    """The places of a ranked order. Joint winners all win, even where there are more of them than places."""
    winning = []
    for rank, group in groupby((one for one in order if one.rank is not None), key=lambda one: one.rank):
        equals = [one.nomination for one in group]
        if rank > number:
            break
        if rank + len(equals) - 1 > number and tie_rule != TIE_SHARED:
            return Places(tuple(winning), tuple(equals))
        winning += equals
    return Places(tuple(winning))


def ties(order: Sequence[Standing]) -> list[list[Standing]]:
    """The groups that share a rank, best first."""
    groups = [list(group) for _rank, group in groupby((one for one in order if one.rank is not None), key=lambda one: one.rank)]
    return [group for group in groups if len(group) > 1]

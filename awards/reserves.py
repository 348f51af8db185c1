"""Who comes next when a place becomes free, by the order of a frozen result. Pure: entries are ids."""

from collections.abc import Collection, Sequence


def next_reserve(reserves: Sequence[int], free: Collection[int]) -> int | None:
    """The first reserve who can still be chosen."""
    return next((entry for entry in reserves if entry in free), None)


def outside(*, winners: Collection[int], reserves: Sequence[int], chosen: Collection[int], free: Collection[int]) -> list[int]:
    """The chosen entries a frozen result does not account for.

    It accounts for its winners, and for as many reserves in their order as winners fell away. `free`
    holds the entries that could be chosen and are not.
    """
    moved_up = [entry for entry in reserves if entry in chosen and entry not in winners]
    places = len(winners) - len([entry for entry in winners if entry in chosen])
    passed_over = next_reserve(reserves, free)
    accounted = {
        entry for entry in moved_up[:places] if passed_over is None or reserves.index(entry) < reserves.index(passed_over)
    }
    return [entry for entry in chosen if entry not in winners and entry not in accounted]

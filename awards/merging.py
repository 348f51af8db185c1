"""Two pages of one judge: what a page sends is taken unless the same answer was changed elsewhere since. Pure."""

from collections.abc import Hashable, Mapping

NO_ANSWER = object()


def merge(mine: Mapping[Hashable, object], seen: Mapping, theirs: Mapping) -> tuple[dict, dict]:
    """What of `mine` to write, and what not because it was changed elsewhere meanwhile.

    `seen` is what the page knew when it changed something, `theirs` what stands now. An answer that
    stands already as it is sent is no conflict: a sending that was repeated does no harm.
    """
    taken, refused = {}, {}
    for key, value in mine.items():
        now = theirs.get(key, NO_ANSWER)
        is_free = now == seen.get(key, NO_ANSWER) or now == value
        (taken if is_free else refused)[key] = value
    return taken, refused

"""Who reads which nomination. No database, no clock, no chance: the same input gives the same plan.

A reading is a pair (judge, nomination); a judge's load is the number of their readings. The plan has, in this order,

1. enough judges of each criterion for every nomination, where conflicts of interest allow it;
2. the smallest largest load that can be reached. Readings move along shortest alternating paths from the most
   loaded judge to one with at least two fewer (Harvey, Ladner, Lovász, Tamir: "Semi-matchings for bipartite
   graphs and load balancing", 2006);
3. loads at most one apart: judges left behind, such as guests where insiders cover everything, read more than
   the minimum;
4. readings that hang together, so that any two judges can be compared through others (one connected graph).

What a plan starts from stays as far as these allow, so a judge who comes or goes moves little.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from awards.scoring import CRITERIA

Reading = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class Reader:
    """A judge and the criteria they score."""

    id: Hashable
    criteria: frozenset[str]


@dataclass(frozen=True)
class Gap:
    """A nomination with fewer judges of a criterion than it needs."""

    nomination: Hashable
    criterion: str
    have: int
    need: int


@dataclass(frozen=True)
class Plan:
    readings: frozenset[Reading]
    gaps: tuple[Gap, ...]
    loads: Mapping[Hashable, int]
    groups: tuple[frozenset[Hashable], ...]

    @property
    def spread(self) -> int:
        """Largest minus smallest load, in readings."""
        return max(self.loads.values(), default=0) - min(self.loads.values(), default=0)

    @property
    def is_connected(self) -> bool:
        return len(self.groups) <= 1


def share_out(
    *,
    nominations: Sequence[Hashable],
    readers: Sequence[Reader],
    minimum: Mapping[str, int],
    barred: Collection[Reading] = (),
    fixed: Collection[Reading] = (),
    movable: Collection[Reading] = (),
    given: Mapping[tuple[Hashable, str], int] | None = None,
) -> Plan:
    """The plan for these nominations and judges.

    `minimum` is the number of judges a nomination needs for each criterion; `barred` readings must not be, `fixed`
    ones stay whatever happens (scored, or put there by hand), `movable` ones stay where nothing is gained by moving.
    `given` counts, by nomination and criterion, the judges who finished and have left.
    """
    board = _Board(nominations, readers, minimum, set(barred), set(fixed), set(movable), have=Counter(given or {}))
    for reading in [*fixed, *(one for one in movable if one not in board.barred)]:
        board.add(*reading)
    _cover(board)
    _even_out(board)
    _catch_up(board)
    _connect(board)
    return board.plan()


def groups_of(readings: Iterable[Reading]) -> tuple[frozenset[Hashable], ...]:
    """The judges of each part of the graph of judges and nominations that hangs together, largest first."""
    joined = _Joined()
    judges = set()
    for judge, nomination in readings:
        joined.join(("judge", judge), ("nomination", nomination))
        judges.add(judge)
    parts = defaultdict(set)
    for judge in judges:
        parts[joined.top(("judge", judge))].add(judge)
    return tuple(sorted((frozenset(part) for part in parts.values()), key=len, reverse=True))


def gaps_in(
    have: Mapping[tuple[Hashable, str], int], *, nominations: Iterable[Hashable], minimum: Mapping[str, int]
) -> tuple[Gap, ...]:
    """What is missing to the minimum; `have` counts judges by nomination and criterion."""
    return tuple(
        Gap(nomination, criterion, have.get((nomination, criterion), 0), minimum[criterion])
        for nomination in nominations
        for criterion in CRITERIA
        if have.get((nomination, criterion), 0) < minimum[criterion]
    )


class _Joined:
    """Disjoint sets, joined two at a time."""

    def __init__(self):
        self._above = {}

    def top(self, item):
        above = self._above
        while above.get(item, item) != item:
            above[item] = above.get(above[item], above[item])
            item = above[item]
        return item

    def join(self, one, other):
        self._above[self.top(one)] = self.top(other)


@dataclass
class _Board:
    """A plan while it is being made."""

    nominations: Sequence[Hashable]
    readers: Sequence[Reader]
    minimum: Mapping[str, int]
    barred: set[Reading]
    fixed: set[Reading]
    kept: set[Reading]
    of_judge: dict = field(default_factory=dict)
    of_nomination: dict = field(default_factory=dict)
    have: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.criteria = {reader.id: reader.criteria for reader in self.readers}
        self.of_judge = {reader.id: {} for reader in self.readers}  # a dict keeps its order, a set does not
        self.of_nomination = {nomination: {} for nomination in self.nominations}
        self.joined = _Joined()

    def load(self, judge):
        return len(self.of_judge[judge])

    def may_add(self, judge, nomination):
        return judge not in self.of_nomination[nomination] and (judge, nomination) not in self.barred

    def add(self, judge, nomination):
        if judge not in self.of_judge or nomination not in self.of_nomination:
            return
        if judge in self.of_nomination[nomination]:
            return
        self.of_judge[judge][nomination] = True
        self.of_nomination[nomination][judge] = True
        self.have.update((nomination, criterion) for criterion in self.criteria[judge])
        self.joined.join(("judge", judge), ("nomination", nomination))

    def remove(self, judge, nomination):
        del self.of_judge[judge][nomination]
        del self.of_nomination[nomination][judge]
        self.have.subtract((nomination, criterion) for criterion in self.criteria[judge])

    def missing(self, nomination):
        return [one for one in CRITERIA if self.have[nomination, one] < self.minimum[one]]

    def may_replace(self, nomination, judge, other):
        """Whether `other` may read the nomination in the place of `judge`, without a gap that was not there."""
        if (judge, nomination) in self.fixed or not self.may_add(other, nomination):
            return False
        lost = self.criteria[judge] - self.criteria[other]
        return all(self.have[nomination, criterion] > self.minimum[criterion] for criterion in lost)

    def may_drop(self, judge, nomination):
        if (judge, nomination) in self.fixed:
            return False
        return all(self.have[nomination, criterion] > self.minimum[criterion] for criterion in self.criteria[judge])

    def readings(self):
        return frozenset((judge, nomination) for judge, read in self.of_judge.items() for nomination in read)

    def plan(self):
        readings = self.readings()
        return Plan(
            readings=readings,
            gaps=gaps_in(self.have, nominations=self.nominations, minimum=self.minimum),
            loads={judge: len(read) for judge, read in self.of_judge.items()},
            groups=groups_of(readings),
        )


def _cover(board: _Board) -> None:
    """Give every nomination the judges it needs, the hardest to fill first."""
    choices = {nomination: sum(board.may_add(judge, nomination) for judge in board.of_judge) for nomination in board.nominations}
    for nomination in sorted(board.nominations, key=choices.get):
        while missing := board.missing(nomination):
            judge = _best(board, nomination, missing)
            if judge is None:
                break
            board.add(judge, nomination)


def _best(board, nomination, missing):
    """Who helps most, then reads least; among equals one who ties the readings together."""
    wanted = set(missing)
    candidates = [judge for judge, criteria in board.criteria.items() if criteria & wanted and board.may_add(judge, nomination)]
    here = board.joined.top(("nomination", nomination))
    return min(
        candidates,
        key=lambda judge: (
            -len(board.criteria[judge] & wanted),
            board.load(judge),
            len(board.criteria[judge]),
            board.joined.top(("judge", judge)) == here,
        ),
        default=None,
    )


def _even_out(board: _Board) -> None:
    """Move readings from judges with many to judges with few until no way to do so is left."""
    done, without_path = set(), set()
    while waiting := [judge for judge in board.of_judge if judge not in done]:
        most = max(waiting, key=board.load)
        if board.load(most) - min(map(board.load, board.of_judge)) < 2:
            return
        path, reached = ([], ()) if most in without_path else _path(board, most)
        if not path and (redundant := _redundant(board, most)) is None:
            done.add(most)
            # Whoever can be reached from here, and has no more, cannot get further either.
            without_path.update(reached)
            continue
        for judge, nomination, other in path:
            board.remove(judge, nomination)
            board.add(other, nomination)
        if not path:
            board.remove(most, redundant)
        done, without_path = set(), set()


def _path(board, start):
    """The shortest chain of replacements from `start` to a judge with at least two readings fewer, and who was reached."""
    few = board.load(start) - 2
    came = {start: None}
    queue = deque([start])
    while queue:
        judge = queue.popleft()
        steps = _replacements(board, judge, came)
        for other in sorted(steps, key=board.load):
            came[other] = (judge, steps[other])
            if board.load(other) <= few:
                return _walk_back(came, other), came
            queue.append(other)
    return [], came


def _replacements(board, judge, known):
    """Judges not yet known who could take over a reading of `judge`, with the first such nomination."""
    found = {}
    unknown = [other for other in board.of_judge if other not in known]
    # What was just handed out moves on before what the judge had already.
    for nomination in sorted(board.of_judge[judge], key=lambda nomination: (judge, nomination) in board.kept):
        for other in [one for one in unknown if board.may_replace(nomination, judge, one)]:
            found[other] = nomination
            unknown.remove(other)
        if not unknown:
            break
    return found


def _walk_back(came, last):
    path = []
    while came[last]:
        judge, nomination = came[last]
        path.append((judge, nomination, last))
        last = judge
    # A nomination that comes twice would be moved on from a judge it only just reached.
    return path if len({nomination for _judge, nomination, _other in path}) == len(path) else []


def _redundant(board, judge):
    spare = [nomination for nomination in board.of_judge[judge] if board.may_drop(judge, nomination)]
    return max(spare, key=lambda nomination: len(board.of_nomination[nomination]), default=None)


def _catch_up(board: _Board) -> None:
    """Judges who would read two or more fewer than others read more than the minimum asks for."""
    target = max(map(board.load, board.of_judge), default=0) - 1
    for judge in board.of_judge:
        wanted = target - board.load(judge)
        if wanted <= 0:
            continue
        open_to = [nomination for nomination in board.nominations if board.may_add(judge, nomination)]
        for nomination in sorted(open_to, key=lambda nomination: len(board.of_nomination[nomination]))[:wanted]:
            board.add(judge, nomination)


def _connect(board: _Board) -> None:
    """Join the parts of the graph by exchanging two readings at a time; no load changes."""
    while len(groups := groups_of(board.readings())) > 1:
        if not any(_exchange(board, groups[0], other) for other in groups[1:]):
            return


def _exchange(board, group, other_group):
    before = len(groups_of(board.readings()))
    for judge, nomination in _swappable(board, group):
        for other, other_nomination in _swappable(board, other_group):
            if not (board.may_replace(nomination, judge, other) and board.may_replace(other_nomination, other, judge)):
                continue
            _swap(board, judge, nomination, other, other_nomination)
            if len(groups_of(board.readings())) < before:
                return True
            _swap(board, other, nomination, judge, other_nomination)
    return False


def _swappable(board, group):
    """Readings of a group that may move, of nominations that somebody else reads too."""
    return [
        (judge, nomination)
        for judge in board.of_judge
        if judge in group
        for nomination in board.of_judge[judge]
        if (judge, nomination) not in board.fixed and len(board.of_nomination[nomination]) > 1
    ]


def _swap(board, judge, nomination, other, other_nomination):
    board.remove(judge, nomination)
    board.remove(other, other_nomination)
    board.add(other, nomination)
    board.add(judge, other_nomination)

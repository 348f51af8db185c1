"""Answers a search: every number around it, and one page of those found, in the order asked for."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from time import perf_counter

from advocacy.models import ActivityType, User
from advocacy.working_time import day_of
from references.models.search_table import BITS
from references.search.bits import FREE, execute
from references.search.facets import FACETS
from references.search.places import Page
from references.search.query import Search
from references.search.statement import Statement, reader_of
from references.search.upkeep import keep_word, settle

FEW_RESULTS = 5_000  # up to here the results are sorted; of more the order is followed until a page is full
MANY_HAVE = 3_000  # advocates with a word: from here on its bits are kept
SLOW = 0.05  # seconds: a phrase that takes as long is kept as well


@dataclass(frozen=True)
class Count:
    value: int | str
    label: str
    number: int


@dataclass(frozen=True)
class Found:
    """The answer to a search: the ids of one page and every number around it."""

    asks: dict[int, int]  # the results of the page in their order, each with how often it was asked of late
    total: int
    counts: dict[str, list[Count]]
    free: int  # how many there would be with "free now"
    without: dict[str, int]  # how many there would be without this facet
    matching_text: int
    next: str = ""  # the place in the order after which the next page begins; empty when there is none
    previous: str = ""


@dataclass(frozen=True)
class Numbers:
    total: int = 0
    free: int = 0
    matching_text: int = 0
    without: dict[str, int] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    ids: list[int] | None = None  # of all results, where they are few


def find(search: Search, user: User, activity_type: ActivityType, now: datetime) -> Found:
    statement = statement_for(search, user, activity_type, now)
    numbers = _numbers(statement, now)
    page = _page(statement, numbers)
    return Found(
        asks={pk: asks for pk, asks, _place in page.rows},
        total=numbers.total,
        counts=_labelled(numbers.counts, search),
        free=numbers.free,
        without={name: numbers.without.get(name, numbers.total) for name in [*FACETS, FREE]},
        matching_text=numbers.matching_text,
        next=page.next,
        previous=page.previous,
    )


def total_of(search: Search, user: User, activity_type: ActivityType, now: datetime) -> int:
    """How many a search finds, where nothing else is asked."""
    statement = statement_for(search, user, activity_type, now)
    total = f"{statement.results} SELECT coalesce(sum(bit_count(found)), 0)::bigint FROM results"  # noqa: S608
    return execute(total, statement.params)[0][0]


def statement_for(search, user, activity_type, now):
    return Statement(search, reader_of(user), activity_type, settle(activity_type, now))


def _page(statement, numbers):
    page = Page.asked_for(statement.search)
    found = page.read(statement, numbers.ids)
    if numbers.total and not found.rows:
        # A place past the end, which an old link may name: the last page.
        found = page.last().read(statement, numbers.ids)
    return found


# Numbers --------------------------------------------------------------------------------------


def _numbers(statement, now):
    start = perf_counter()
    numbers = read_numbers(execute(numbers_sql(statement), statement.params))
    seconds = perf_counter() - start
    facet, today = statement.reader.facet, day_of(now).isoformat()
    for word in statement.words:
        if word in statement.unkept:
            is_worth_it = numbers.words[word] >= MANY_HAVE or (seconds > SLOW and "<" in word)
        else:
            is_worth_it = statement.state.words[f"{facet} {word}"] < today
        if is_worth_it:
            keep_word(facet, word, now)
    return numbers


def numbers_sql(statement: Statement) -> str:
    """Rows of part, value, number: the total, what it would be otherwise, each value of each facet; and few results' bits."""
    others = {name: f"without_{name}" for name in statement.chosen}
    cases = " ".join(f"WHEN '{name}' THEN {column}" for name, column in others.items() if name != FREE)
    of_facet = f"CASE facet {cases} ELSE found END" if cases else "found"
    sums = {
        ("total", ""): "found",
        ("text", ""): "text",
        ("free", ""): f"{others.get(FREE, 'found')} & is_free",
    } | {("without", name): column for name, column in others.items()}
    parts = [
        f"SELECT '{part}' AS part, '{name}' AS value, sum(bit_count({bits}))::bigint AS number, NULL AS bits FROM results"  # noqa: S608
        for (part, name), bits in sums.items()
    ]
    parts += [
        f"SELECT 'word', %(word_{statement.words.index(word)})s, sum(bit_count(bits))::bigint, NULL "  # noqa: S608
        f"FROM word_{statement.words.index(word)}"
        for word in statement.unkept
    ]
    parts.append(
        f"SELECT facet, value, sum(bit_count(bits & {of_facet}))::bigint, NULL FROM references_searchbits "  # noqa: S608
        "JOIN results USING (piece) WHERE facet = ANY (%(facets)s) GROUP BY 1, 2"
    )
    parts.append(
        "SELECT 'ids', '', piece, found::text FROM results "  # noqa: S608
        f"WHERE (SELECT sum(bit_count(found)) FROM results) <= {FEW_RESULTS} AND bit_count(found) > 0"
    )
    return f"{statement.results} {' UNION ALL '.join(parts)}"


def read_numbers(rows: list[tuple]) -> Numbers:
    values = {"without": {}, "word": {}, "ids": {}} | {name: {} for name in FACETS}
    for part, value, number, bits in rows:
        if part == "ids":
            values["ids"][number] = bits
        else:
            values.setdefault(part, {})[value] = number or 0
    total = values["total"][""]
    return Numbers(
        total=total,
        free=values["free"][""],
        matching_text=values["text"][""],
        without=values["without"],
        counts={name: values[name] for name in FACETS},
        words=values["word"],
        ids=list(chain.from_iterable(places_in(piece, bits) for piece, bits in values["ids"].items()))
        if total <= FEW_RESULTS
        else None,
    )


def places_in(piece, bits):
    place = bits.find("1")
    while place >= 0:
        yield piece * BITS + place
        place = bits.find("1", place + 1)


# Labels ---------------------------------------------------------------------------------------


def _labelled(counts, search):
    names = _names(counts)
    return {name: list(_of_facet(facet, counts[name], names, search.values.get(name, ()))) for name, facet in FACETS.items()}


def _of_facet(facet, numbers, names, selected):
    """In the order of the choices, or by number; values that would give nothing only while selected."""
    if facet.terms:
        known = {pk: (int(pk), names[facet.name, int(pk)]) for pk in numbers if (facet.name, int(pk)) in names}
    elif facet.choices:
        known = {value: (value, label) for value, label in facet.choices.items() if value in numbers}
    else:
        known = {value: (value, value) for value in numbers}
    counts = [Count(value, label, numbers[key]) for key, (value, label) in known.items()]
    if facet.by_number:
        counts.sort(key=lambda count: (-count.number, str(count.label)))
    return [count for count in counts if count.number or count.value in selected]


def _names(counts):
    """The words for the values that are rows of a table."""
    tables = {name: facet.terms for name, facet in FACETS.items() if facet.terms}
    sql = " UNION ALL ".join(
        f"SELECT '{name}', id, name FROM {table} WHERE id = ANY (%({name})s)"  # noqa: S608
        for name, table in tables.items()
    )
    return {(facet, pk): name for facet, pk, name in execute(sql, {name: list(map(int, counts[name])) for name in tables})}

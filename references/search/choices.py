"""What can be chosen and taken back on the search page: chips, groups of values, ways out of an empty result."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from advocacy.models import ActivityType, User
from references.search.answer import Answer
from references.search.facets import FACETS
from references.search.finding import total_of
from references.search.query import Search
from references.search.understand.words import spell
from references.search.words import choices_in_words

SHOWN = 6  # values of a long facet at first
FOUND = 40  # values of a long facet at most
# What most searches start with; the others are folded until something in them is chosen.
OPEN_AT_FIRST = {"industry", "country", "level", "product"}


# Chips ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chip:
    """One thing the search looks for; `as_text` is the search with the words as they stand, where they were understood."""

    label: str
    remove: str
    typed: str = ""
    as_text: str = ""


def chips(answer: Answer) -> list[Chip]:
    """The words left over, what the others were understood as, and what was chosen."""
    reading, asked = answer.reading, answer.reading.asked
    left = [Chip(f"“{reading.search.text}”", _query(reading.without_rest()))] if reading.search.text else []
    understood = [
        Chip(
            f"{FACETS[term.term.facet].label}: {term.term.label}",
            _query(reading.without(term)),
            typed=term.typed,
            as_text=_query(reading.as_text(term)),
        )
        for term in reading.terms
    ]
    chosen = [
        Chip(f"{FACETS[name].label}: {label}", _query(asked.toggled(name, value)))
        for name, values in asked.selected
        for value, label in _labels(answer, name, values)
    ]
    free = [Chip(_("Free now"), _query(asked.without("free")))] if asked.free else []
    return left + understood + chosen + free


def _labels(answer, name, values):
    """Values that are gone have no label, and no chip."""
    labels = {count.value: count.label for count in answer.found.counts[name]}
    return [(value, labels[value]) for value in values if value in labels]


def _query(search: Search) -> str:
    return search.as_query_string()


# Groups of values -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    value: int | str
    label: str
    number: int
    is_chosen: bool
    is_understood: bool


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    values: list[Value]
    hidden: int  # values that stand behind the search inside
    is_long: bool
    sought: str
    is_open: bool


def groups(answer: Answer, sought: dict[str, str]) -> Iterator[Group]:
    """Each facet with the values that are visible; `sought` holds what is typed into the search inside each."""
    for name in FACETS:
        if group := group_of(answer, name, sought.get(name, "")):
            yield group


def group_of(answer: Answer, name: str, sought: str = "") -> Group | None:
    counts = answer.found.counts[name]
    if not counts:
        return None
    chosen = answer.reading.asked.values.get(name, ())
    understood = {value for term in answer.reading.terms if term.term.facet == name for value in term.term.values}
    marked = [count for count in counts if count.value in chosen or count.value in understood]
    others = [count for count in counts if count not in marked]
    like = [count for count in others if spell(sought) in spell(str(count.label))] if sought else others
    shown = like[:FOUND] if sought else like[: max(SHOWN - len(marked), 2)]
    if len(counts) <= SHOWN + 1:
        marked, shown = [], counts
    return Group(
        name=name,
        label=str(FACETS[name].label),
        values=[
            Value(count.value, str(count.label), count.number, count.value in chosen, count.value in understood)
            for count in marked + shown
        ],
        hidden=len(counts) - len(marked) - len(shown),
        is_long=len(counts) > SHOWN + 1,
        sought=sought,
        is_open=name in OPEN_AT_FIRST or bool(marked or sought or set(chosen) or understood),
    )


# Ways out of an empty result ------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """Without what, or with only what, there would be how many."""

    label: str
    number: int
    query: str
    keeps_only: bool = False


def offers(answer: Answer, user: User, activity_type: ActivityType, now: datetime) -> list[Offer]:
    """Where nothing is found: which choice to give up, the most first; where one is not enough, which one to keep."""
    if answer.found.total:
        return []
    count = partial(total_of, user=user, activity_type=activity_type, now=now)
    words = choices_in_words(answer.reading.search)
    found = [offer for offer in [*_without_one(answer, words), *_without_words(answer, count)] if offer.number]
    found = found or [offer for offer in _only_one(answer, words, count) if offer.number]
    return sorted(found, key=lambda offer: -offer.number)


def _without_one(answer, words: dict[str, str]):
    reading, without = answer.reading, answer.found.without
    for name in reading.search.values:
        yield Offer(words[name], without[name], _query(reading.without_facet(name)))
    if reading.search.free:
        yield Offer(_("Free now"), without["free"], _query(reading.asked.without("free")))


def _without_words(answer, count: Callable[[Search], int]):
    """The words are not marked row by row like the facets: what they cost is a search of its own, made only here."""
    search = answer.reading.search
    if search.text:
        yield Offer(f"“{search.text}”", count(search.without("text")), _query(answer.reading.without_rest()))


def _only_one(answer, words: dict[str, str], count: Callable[[Search], int]):
    search = answer.reading.search
    if len(search.selected) + bool(search.text) + search.free < 3:
        return
    for name, values in search.selected[:3]:
        only = Search(
            selected=((name, values),), activity=search.activity, request=search.request, opportunity=search.opportunity
        )
        yield Offer(words[name], count(only), _query(only), keeps_only=True)

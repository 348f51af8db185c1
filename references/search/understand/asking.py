"""A search as it stands in the address, and as the engine runs it."""

from dataclasses import dataclass, replace

from references.search.facets import FACETS
from references.search.query import Search
from references.search.understand.reading import Understanding, Understood, understand
from references.search.understand.vocabulary import Vocabulary, vocabulary
from references.search.understand.words import fold


@dataclass(frozen=True)
class Reading:
    asked: Search  # as the address has it; links are made from it
    search: Search  # as the engine runs it: facets chosen and understood, and the words left over
    understanding: Understanding

    @property
    def terms(self) -> tuple[Understood, ...]:
        return self.understanding.terms

    def as_text(self, term: Understood) -> Search:
        """The search with these words looked for as they stand."""
        return self.asked.with_plain(term.phrase)

    def without(self, term: Understood) -> Search:
        return self.asked.with_text(self.understanding.without(term))

    def without_facet(self, name: str) -> Search:
        """Nothing chosen of a facet, and none of the words that were understood as one of its values."""
        kept = self.understanding.without(*(term for term in self.terms if term.term.facet == name))
        return self.asked.without(name).with_text(kept)

    def without_rest(self) -> Search:
        """Only what was understood."""
        return self.asked.with_text(" ".join(term.typed for term in self.terms))


def read(asked: Search, words: Vocabulary | None = None) -> Reading:
    """What a search means; without `words` in the vocabulary of this moment."""
    if not asked.text:
        return Reading(asked, asked, Understanding((), ()))
    understanding = understand(asked.text, words or vocabulary(), set(map(fold, asked.plain)))
    values = dict(asked.selected)
    for term in understanding.terms:
        known = values.get(term.term.facet, ())
        values[term.term.facet] = known + tuple(value for value in term.term.values if value not in known)
    selected = tuple((name, values[name]) for name in FACETS if name in values)
    return Reading(asked, replace(asked, text=understanding.rest, selected=selected, plain=()), understanding)

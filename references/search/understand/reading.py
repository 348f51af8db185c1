"""What the words of a search mean. Pure: a line and a vocabulary in, terms and what is left of the line out."""

from collections.abc import Collection
from dataclasses import dataclass

from references.search.understand.vocabulary import LONGEST, Term, Vocabulary
from references.search.understand.words import Piece, pieces_of


@dataclass(frozen=True)
class Understood:
    """A stretch of the line and what it stands for."""

    phrase: str  # folded, as `plain` names it
    typed: str
    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    pieces: tuple[Piece, ...]
    terms: tuple[Understood, ...]

    @property
    def rest(self) -> str:
        """The words that were not understood, without those that find nothing."""
        taken = {place for term in self.terms for place in range(term.start, term.end)}
        left = [(place, piece) for place, piece in enumerate(self.pieces) if place not in taken]
        kept = [(place, piece) for place, piece in left if piece.is_or or not piece.is_empty]
        places = {place for place, piece in kept if not piece.is_or}
        return " ".join(piece.typed for place, piece in kept if not piece.is_or or {place - 1, place + 1} <= places)

    def without(self, *terms: Understood) -> str:
        """The line without the words of these terms."""
        taken = {place for term in terms for place in range(term.start, term.end)}
        return " ".join(piece.typed for place, piece in enumerate(self.pieces) if place not in taken)


def understand(text: str, vocabulary: Vocabulary, plain: Collection[str] = ()) -> Understanding:
    """The longest phrases first; those in `plain`, quoted ones and words with a minus stay text."""
    pieces = pieces_of(text)
    free = [bool(piece.folded) and not piece.is_or for piece in pieces]
    for start, end in _stretches(pieces, free):
        if _folded(pieces, start, end) in plain:
            free[start:end] = [False] * (end - start)
    terms = []
    for start, end in _stretches(pieces, free):
        if all(free[start:end]) and (term := _term(pieces, start, end, vocabulary)):
            free[start:end] = [False] * (end - start)
            typed = " ".join(piece.typed for piece in pieces[start:end])
            terms.append(Understood(_folded(pieces, start, end), typed, term, start, end))
    terms.sort(key=lambda term: term.start)
    return Understanding(tuple(pieces), tuple(_without_halves_of_or(pieces, terms)))


def _stretches(pieces, free):
    for length in range(min(LONGEST, len(pieces)), 0, -1):
        for start in range(len(pieces) - length + 1):
            if all(free[start : start + length]):
                yield start, start + length


def _folded(pieces, start, end):
    return " ".join(piece.folded for piece in pieces[start:end])


def _term(pieces, start, end, vocabulary):
    phrase = _folded(pieces, start, end)
    typed = pieces[start].typed if end - start == 1 else ""
    return vocabulary.term(phrase, typed) or _chief_officer(phrase, vocabulary)


def _chief_officer(phrase, vocabulary):
    """Chief whatever officer."""
    words = phrase.split()
    return vocabulary.term("chief") if len(words) in (3, 4, 5) and words[0] == "chief" and words[-1] == "officer" else None


def _without_halves_of_or(pieces, terms):
    """In "sap OR elephants" both are text, because facets cannot say it; "bank OR hospital" is two values of one facet."""
    while True:
        starts = {term.start: term for term in terms}
        ends = {term.end: term for term in terms}
        dropped = set()
        for place, piece in enumerate(pieces):
            if piece.is_or:
                left, right = ends.get(place), starts.get(place + 1)
                if not (left and right and left.term.facet == right.term.facet):
                    dropped |= {left, right} - {None}
        if not dropped:
            return terms
        terms = [term for term in terms if term not in dropped]

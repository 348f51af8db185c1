"""Misspelled words: what was probably meant, as far as it finds this reader somebody.

A word counts as misspelled when this reader finds nobody by it, whoever else might: the page must not tell
a name by taking it for well spelled, nor by offering it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import TextField, Value

from advocacy.models import User
from references.models import SearchRow
from references.search.query import Search
from references.search.text import matches
from references.search.understand.asking import Reading
from references.search.understand.vocabulary import Vocabulary
from references.search.understand.words import fold, spell

WORDS = 6
SHORTEST = 4
CANDIDATES = 40  # by likeness, of which the nearest few are tried
TRIED = 4


@dataclass(frozen=True)
class Correction:
    typed: Search
    meant: Search
    words: tuple[tuple[str, str], ...]  # as typed and as meant

    @property
    def exactly(self) -> Search:
        """The search with the words as they were typed."""
        return self.typed.with_plain(*(fold(typed) for typed, _meant in self.words))


def corrected(reading: Reading, user: User, on: date, vocabulary: Vocabulary) -> Correction | None:
    """The search with its misspelled words put right, or None where none of them, or not each, can be."""
    words = _words(reading)
    missing = set(words) - _found_by(words, user, on)
    if not missing:
        return None
    meant = {word: _likely(word, vocabulary) for word in sorted(missing)}
    finds = _found_by({near for likely in meant.values() for near in likely} - set(vocabulary.words), user, on)
    finds.update(vocabulary.words)
    right = {word: near for word, likely in meant.items() if (near := next((near for near in likely if near in finds), ""))}
    if len(right) < len(missing):
        return None
    changed = {piece.typed: right[spell(piece.typed)] for piece in reading.understanding.pieces if spell(piece.typed) in right}
    line = " ".join(changed.get(piece.typed, piece.typed) for piece in reading.understanding.pieces)
    return Correction(reading.asked, reading.asked.with_text(line), tuple(changed.items()))


def _words(reading):
    """The words left over that may be put right: not quoted, not left out by a minus, not wanted as they stand."""
    plain = {word for phrase in reading.asked.plain for word in fold(phrase).split()}
    taken = {place for term in reading.terms for place in range(term.start, term.end)}
    left = [piece for place, piece in enumerate(reading.understanding.pieces) if place not in taken]
    words = [spell(piece.typed) for piece in left if piece.folded and not piece.is_empty and piece.folded not in plain]
    return list(dict.fromkeys(word for word in words if len(word) >= SHORTEST and word.isalpha()))[:WORDS]


def _found_by(words: Iterable[str], user: User, on: date) -> set[str]:
    """Those of the words by which this reader finds somebody, in one query."""
    rows = SearchRow.objects.visible_to(user).findable(on).order_by()
    asked = [
        rows.filter(matches(word, user)).annotate(found=Value(word, output_field=TextField())).values_list("found")[:1]
        for word in words
    ]
    if not asked:
        return set()
    return {word for (word,) in (asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0])}


def _likely(word: str, vocabulary: Vocabulary) -> list[str]:
    """The nearest words, those of the taxonomy first among equals."""
    terms = vocabulary.words
    near = {known: (distance(word, known), 0) for known in terms if abs(len(known) - len(word)) <= _allowed(word)}
    near |= {known: (distance(word, known), 1) for known in _alike(word) if known not in near}
    likely = sorted((how_far, known) for known, how_far in near.items() if 0 < how_far[0] <= _allowed(word))
    begun = [known for known in terms if known.startswith(word) and known != word]
    return [known for _how_far, known in likely[:TRIED]] + sorted(begun, key=len)[:1]


def _allowed(word):
    """How many slips: "sao" may be "sap", and a long word may have three."""
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def _alike(word):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM references_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT %s",
            [word, word, CANDIDATES],
        )
        return [known for (known,) in cursor.fetchall()]


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next (optimal string alignment)."""
    before, last = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != another)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                row[j] = min(row[j], before[j - 2] + 1)
        before, last = last, row
    return last[-1]

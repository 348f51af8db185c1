"""The phrases a search understands: the taxonomy of this installation and the usual words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django_countries import countries

from advocacy.models import ActivityType, Advocate, Industry, Product, UseCase
from advocacy.models.accounts import Segment
from advocacy.models.users import Region
from references.search.facets import FACETS
from references.search.understand import usual
from references.search.understand.words import STOP_WORDS, fold, spell

TAXONOMY = {"industry": Industry, "product": Product, "use_case": UseCase}
LONGEST = 6  # words in a phrase


@dataclass(frozen=True)
class Term:
    """What a phrase stands for: values of a facet, any of which fits."""

    facet: str
    values: tuple
    label: str


class Vocabulary:
    def __init__(self, terms: Iterable[tuple[str, Term]], codes: dict[str, Term] | None = None):
        """`terms` are (phrase, term) in the order of who goes first; `codes` are understood in capital letters only."""
        self.terms: dict[str, Term] = {}
        self.codes = codes or {}
        self._spelled: set[str] = set()
        for phrase, term in terms:
            if term.facet in FACETS and fold(phrase) not in STOP_WORDS:
                self._add(fold(phrase), term)
                self._spelled.add(spell(phrase))

    def _add(self, phrase, term):
        known = self.terms.get(phrase)
        if known is None:
            self.terms[phrase] = term
        elif known.facet == term.facet and not set(term.values) <= set(known.values):
            # One word for two terms of a facet means either.
            self.terms[phrase] = Term(term.facet, known.values + term.values, f"{known.label}, {term.label}")

    def term(self, phrase: str, typed: str = "") -> Term | None:
        return self.terms.get(phrase) or self.codes.get(typed)

    @cached_property
    def words(self) -> list[str]:
        """Every single word, for those who misspell it."""
        return sorted({word for phrase in self._spelled for word in phrase.split() if len(word) > 3 and word.isalpha()})


_kept: dict[tuple, Vocabulary] = {}


def vocabulary() -> Vocabulary:
    """That of this moment: one small query tells whether the taxonomy is still what this process has read."""
    version = _version()
    known = _kept.get(version)
    if known is None:
        known = Vocabulary(_all_terms(), _codes())
        _kept.clear()
        _kept[version] = known
    return known


def _version():
    tables = [model._meta.db_table for model in (*TAXONOMY.values(), ActivityType)]
    sql = " UNION ALL ".join(f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {table} t" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return tuple(cursor.fetchall())


def _all_terms():
    """The taxonomy goes before the usual words, and names before synonyms."""
    for facet, model in TAXONOMY.items():
        rows = list(model.objects.all())
        yield from ((row.name, Term(facet, (row.pk,), row.name)) for row in rows)
        yield from ((synonym, Term(facet, (row.pk,), row.name)) for row in rows for synonym in row.synonyms)
    yield from _activities()
    yield from _countries()
    yield from _usual("region", usual.REGIONS, dict(Region.choices))
    yield from _usual("segment", usual.SEGMENTS, dict(Segment.choices))
    yield from _usual("level", usual.LEVELS, dict(Advocate.Level.choices))
    yield from _languages()
    tiers = dict(Advocate.Tier.choices)
    yield from ((f"{tier} tier", Term("tier", (tier,), str(tiers[tier]))) for tier in usual.TIERS)


def _activities():
    for row in ActivityType.objects.all():
        term = Term("willing", (row.pk,), row.name)
        names = [] if row.name.lower() in usual.EVERYDAY else [row.name]
        names += [f"for {row.name}", f"for a {row.name}", f"willing to {row.name}"]
        yield from ((phrase, term) for phrase in names + usual.phrases(usual.ACTIVITIES.get(row.code, "")))


def _countries():
    for name, code in usual.country_names():
        yield name, Term("country", (code,), str(countries.name(code)))
    for label, (words, codes) in usual.COUNTRY_GROUPS.items():
        yield from ((phrase, Term("country", tuple(codes.split()), label)) for phrase in usual.phrases(words))


def _codes():
    return {code: Term("country", (code,), str(countries.name(code))) for code in usual.CODES if "country" in FACETS}


def _usual(facet, words, labels):
    for value, text in words.items():
        yield from ((phrase, Term(facet, (str(value),), str(labels[value]))) for phrase in usual.phrases(text))


def _languages():
    for language, others in usual.LANGUAGES.items():
        term = Term("language", (language,), language)
        names = [language, *usual.phrases(others)]
        yield from ((pattern.format(name), term) for name in names for pattern in usual.SPOKEN)
        yield from ((name, term) for name in (names if language in usual.ONLY_LANGUAGES else names[1:]))

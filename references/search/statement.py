"""A search in SQL: for each piece of the bits, who is found, and who would be without each facet that is chosen.

All numbers are counts of bits. Words that many have are kept as bits; rare ones are read from the text index.
"""

from dataclasses import dataclass
from functools import cached_property

from advocacy.models import ActivityType, User
from references.models.search_table import BITS
from references.search.bits import FREE, FULL, KNOWN, LISTED, NOBODY, execute
from references.search.facets import FACETS
from references.search.query import Search
from references.search.text import Node, read, words_of
from references.search.upkeep import State


@dataclass(frozen=True)
class Reader:
    """Which words a person may know: all, or those known to everybody and all of the own accounts."""

    pk: int
    knows_all: bool
    searches_all: bool
    has_own: bool

    @property
    def facet(self):
        return FULL if self.knows_all else KNOWN


def reader_of(user: User) -> Reader:
    knows_all = user.has_perm("advocacy.view_all_advocates")
    own = "SELECT EXISTS (SELECT 1 FROM references_searchrow WHERE csm_id = %(user)s)"
    return Reader(
        pk=user.pk,
        knows_all=knows_all,
        searches_all=knows_all or user.has_perm("advocacy.search_advocates"),
        has_own=not knows_all and execute(own, {"user": user.pk})[0][0],
    )


@dataclass(frozen=True)
class Statement:
    search: Search
    reader: Reader
    activity_type: ActivityType
    state: State

    @cached_property
    def text(self) -> Node | None:
        return read(self.search.text)

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @cached_property
    def unkept(self) -> list[str]:
        return [word for word in self.words if not self.state.words.get(f"{self.reader.facet} {word}")]

    @cached_property
    def chosen(self) -> list[str]:
        """The facets with a selection, and "free" where only those who are free are wanted."""
        return [name for name, values in self.search.selected if values] + ([FREE] if self.search.free else [])

    @property
    def params(self) -> dict:
        values = {f"in_{name}": [str(value) for value in values] for name, values in self.search.selected}
        words = {f"word_{number}": word for number, word in enumerate(self.words)}
        return values | words | {"user": self.reader.pk, "activity": str(self.activity_type.pk), "facets": list(FACETS)}

    @property
    def results(self) -> str:
        """WITH ... results (piece, text, found, is_free, without_...): everything else selects from it."""
        tables = {"listed": f"SELECT piece, bits FROM references_searchbits WHERE facet = '{LISTED}'"}  # noqa: S608
        tables[FREE] = f"SELECT piece, bits FROM references_searchbits WHERE facet = '{FREE}' AND value = %(activity)s"  # noqa: S608
        for name in self.chosen:
            if name != FREE:
                tables[f"in_{name}"] = (
                    f"SELECT piece, bit_or(bits) AS bits FROM references_searchbits "  # noqa: S608
                    f"WHERE facet = '{name}' AND value = ANY (%(in_{name})s) GROUP BY piece"
                )
        tables |= self._word_tables()
        if self.reader.has_own or not self.reader.searches_all:
            tables["own"] = _who("references_searchrow WHERE csm_id = %(user)s")
        joins = " ".join(f"LEFT JOIN {name} USING (piece)" for name in tables if name != "listed")
        columns = ", ".join(f"{_bits(name)} AS {name}" for name in tables if name != "listed")
        ctes = ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in tables.items())
        return f"""
            WITH {ctes}, pieces AS MATERIALIZED (
                SELECT piece, listed.bits AS listed, {columns} FROM listed {joins}
            ), marked AS MATERIALIZED (
                SELECT *, listed {self._seen()} {self._has_text()} AS text FROM pieces
            ), results AS MATERIALIZED (
                SELECT piece, text, {self._having(self.chosen)} AS found, {FREE} AS is_free
                {"".join(f", {self._having([other for other in self.chosen if other != name])} AS without_{name}" for name in self.chosen)}
                FROM marked
            )
        """  # noqa: S608 - names come from FACETS, every value is a parameter

    def _word_tables(self):
        tables = {}
        for number, word in enumerate(self.words):
            if word in self.unkept:
                tables[f"word_{number}"] = _who(
                    f"references_searchtext WHERE {self.reader.facet}_vector @@ %(word_{number})s::tsquery"
                )
            else:
                tables[f"word_{number}"] = (
                    f"SELECT piece, bits FROM references_searchbits "  # noqa: S608
                    f"WHERE facet = '{self.reader.facet}' AND value = %(word_{number})s"
                )
            if self.reader.has_own:
                own = "references_searchtext JOIN references_searchrow USING (advocate_id) WHERE csm_id = %(user)s"
                tables[f"own_word_{number}"] = _who(f"{own} AND {FULL}_vector @@ %(word_{number})s::tsquery")
        return tables

    def _seen(self):
        return "" if self.reader.searches_all else "& own"

    def _has_text(self):
        if self.text is None:
            return ""
        if not self.reader.has_own:
            return f"& {self._expression(self.text, 'word')}"
        # A whole row is looked at in the words its reader may know: a minus must not tell who a blind row is.
        return f"& (((~own) & {self._expression(self.text, 'word')}) | (own & {self._expression(self.text, 'own_word')}))"

    def _expression(self, node, prefix):
        if node[0] == "word":
            return f"{prefix}_{self.words.index(node[1])}"
        parts = [self._expression(part, prefix) for part in node[1:]]
        return f"(~{parts[0]})" if node[0] == "not" else f"({parts[0]} {'&' if node[0] == 'and' else '|'} {parts[1]})"

    def _having(self, names):
        return " & ".join(["text", *(name if name == FREE else f"in_{name}" for name in names)])


def _bits(table):
    return f"coalesce({table}.bits, {NOBODY})"


def _who(source):
    return f"SELECT advocate_id / {BITS} AS piece, references_bits(mod(advocate_id, {BITS})::int, 1) AS bits FROM {source} GROUP BY 1"  # noqa: S608, E501

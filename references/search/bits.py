"""The bit strings that say who has which value: what they should be, how they are written, where they differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from references.models.search_table import BITS
from references.search.facets import FACETS

LISTED = "listed"  # whoever may be found
STALE = "stale"  # active, but nobody has verified the profile for so long that it left the search
FREE = "free"  # by activity type
KNOWN, FULL = "known", "full"  # words, by the vector they stand in

PIECES = f"id / {BITS} AS piece, references_bits(mod(id, {BITS})::int, 1)"
NOBODY = f"repeat('0', {BITS})::bit({BITS})"


def execute(sql: str, params: dict | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Truth:
    """SQL for (facet, value, id): all there is to say under `facets`, or under one value; of some advocates or of all."""

    facets: list[str]
    sql: str
    params: dict = field(default_factory=dict)
    value: str | None = None
    ids: list[int] | None = None

    @property
    def all_params(self) -> dict:
        return self.params | {"facets": self.facets, "of": self.value, "ids": self.ids}

    @property
    def wanted(self) -> str:
        return f"SELECT facet, value, {PIECES} AS bits FROM ({self.sql}) said GROUP BY 1, 2, 3"  # noqa: S608

    @property
    def stored(self) -> str:
        return "b.facet = ANY (%(facets)s)" + ("" if self.value is None else " AND b.value = %(of)s")


def of_values(day: date, ids: list[int] | None = None) -> Truth:
    """Who may be found on a day, and who has which value of each facet."""
    values = [
        f"SELECT '{facet.name}', {f'unnest(r.{facet.column})' if facet.many else f'r.{facet.column}'}::text"
        for facet in FACETS.values()
    ]
    among = "" if ids is None else "WHERE r.advocate_id = ANY (%(ids)s)"
    sql = f"""
        SELECT facet, value, advocate_id AS id FROM references_searchrow r CROSS JOIN LATERAL (
            SELECT CASE WHEN r.leaves_on > %(day)s THEN '{LISTED}' ELSE '{STALE}' END AS facet, '*' AS value WHERE r.is_active
            UNION ALL {" UNION ALL ".join(values)}
        ) had {among}
    """  # noqa: S608 - names come from FACETS
    return Truth([LISTED, STALE, *FACETS], f"SELECT * FROM ({sql}) every WHERE value <> ''", {"day": day}, ids=ids)  # noqa: S608


def of_free(activity_type: int, free: tuple[str, tuple], ids: list[int] | None = None) -> Truth:
    """`free` selects the keys of those who are free for the activity, of these advocates or of all."""
    sql, params = free
    names = {f"free_{number}": value for number, value in enumerate(params)}
    sql = sql % tuple(f"%({name})s" for name in names)
    sql = f"SELECT '{FREE}' AS facet, %(value)s AS value, id FROM ({sql}) AS free (id)"  # noqa: S608
    return Truth([FREE], sql, {"value": str(activity_type), **names}, str(activity_type), ids)


def of_word(facet: str, word: str) -> Truth:
    """Who has this word."""
    sql = f"""
        SELECT '{facet}' AS facet, %(value)s AS value, advocate_id AS id FROM references_searchtext
        WHERE {facet}_vector @@ %(value)s::tsquery
    """  # noqa: S608
    return Truth([facet], sql, {"value": word}, word)


def of_words(words: Iterable[str], ids: list[int]) -> Truth:
    """Which of these advocates have which of these words; each is "known" or "full" and a tsquery."""
    split = {facet: [word.removeprefix(f"{facet} ") for word in words if word.startswith(f"{facet} ")] for facet in (KNOWN, FULL)}
    sql = " UNION ALL ".join(
        f"""
        SELECT '{facet}' AS facet, word AS value, advocate_id AS id
        FROM references_searchtext, unnest(%({facet})s::text[]) word
        WHERE advocate_id = ANY (%(ids)s) AND {facet}_vector @@ word::tsquery
        """  # noqa: S608
        for facet in split
    )
    return Truth([KNOWN, FULL], sql, split, ids=ids)


def write(truth: Truth) -> None:
    if truth.ids is None:
        execute(f"DELETE FROM references_searchbits b WHERE {truth.stored}", truth.all_params)  # noqa: S608
        execute(f"INSERT INTO references_searchbits (facet, value, piece, bits) {truth.wanted}", truth.all_params)
        return
    execute(
        f"""
        WITH mine AS MATERIALIZED (
            SELECT {PIECES} AS mask FROM unnest(%(ids)s::bigint[]) id GROUP BY 1
        ), wanted AS MATERIALIZED (
            {truth.wanted}
        ), cleared AS (
            UPDATE references_searchbits b SET bits = b.bits & (~mine.mask) FROM mine
            WHERE b.piece = mine.piece AND {truth.stored} AND bit_count(b.bits & mine.mask) > 0
                AND NOT EXISTS (SELECT 1 FROM wanted w WHERE (w.facet, w.value, w.piece) = (b.facet, b.value, b.piece))
        )
        INSERT INTO references_searchbits AS b (facet, value, piece, bits) SELECT * FROM wanted
        ON CONFLICT (facet, value, piece) DO UPDATE
            SET bits = (b.bits & (~(SELECT mask FROM mine WHERE mine.piece = excluded.piece))) | excluded.bits
        WHERE (b.bits & (SELECT mask FROM mine WHERE mine.piece = excluded.piece)) <> excluded.bits
        """,  # noqa: S608
        truth.all_params,
    )


def differing(truth: Truth) -> list[str]:
    """The values whose stored bits are not what they should be."""
    rows = execute(
        f"""
        SELECT DISTINCT facet, value
        FROM ({truth.wanted}) w FULL JOIN (SELECT * FROM references_searchbits b WHERE {truth.stored}) b USING (facet, value, piece)
        WHERE coalesce(w.bits, {NOBODY}) <> coalesce(b.bits, {NOBODY}) ORDER BY 1, 2
        """,  # noqa: S608
        truth.all_params,
    )
    return [f"{facet}: {value}" for facet, value in rows]


def forget(facet: str, value: str | None = None) -> None:
    execute(
        "DELETE FROM references_searchbits WHERE facet = %(facet)s AND (%(value)s::text IS NULL OR value = %(value)s)",
        {"facet": facet, "value": value},
    )

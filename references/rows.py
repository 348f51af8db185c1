"""Proves the search rows, bits and ranks equal to what they are made from, and makes them so."""

from datetime import datetime

from django.db import connection, transaction

from advocacy.models import ActivityType
from advocacy.working_time import day_of
from references.search import upkeep
from references.search.bits import differing, of_values, of_word
from references.search.ranks import wrong_ranks

ALL = "ARRAY(SELECT id FROM advocacy_advocate)"
CHUNK = 2_000


def wrong_rows() -> list[int]:
    """The advocates whose stored row differs from one made now, or that lack one, or whose row has outlived them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce((fresh.stored).advocate_id, row.advocate_id, text.advocate_id)
            FROM references_search_rows({ALL}, coalesce((SELECT day FROM references_searchstate), current_date)) fresh
            FULL JOIN references_searchrow row ON row.advocate_id = (fresh.stored).advocate_id
            FULL JOIN references_searchtext text ON text.advocate_id = row.advocate_id
            WHERE to_jsonb(fresh.stored) - 'as_of' IS DISTINCT FROM to_jsonb(row) - 'as_of'
                OR fresh.known_vector IS DISTINCT FROM text.known_vector OR fresh.full_vector IS DISTINCT FROM text.full_vector
            ORDER BY 1
            """  # noqa: S608 - no input
        )
        return [pk for (pk,) in cursor.fetchall()]


def wrong_bits(now: datetime) -> list[str]:
    """The values whose bits, and the advocates whose ranks, differ from what the rows say."""
    state = upkeep.read_state(now)
    if state.day is None:
        return ["nothing is counted yet"]
    kinds = [kind for kind in ActivityType.objects.all() if state.knows_free(kind)]
    truths = [
        of_values(state.day),
        *(upkeep.truth_of_free(kind, state.day, state.as_of) for kind in kinds),
        *(of_word(*word.split(" ", 1)) for word, used_on in state.words.items() if used_on),
    ]
    return [wrong for truth in truths for wrong in differing(truth)] + [f"rank: {pk}" for pk in wrong_ranks(state.day)]


def rebuild(now: datetime) -> None:
    """Make every row, bit and rank anew. Searches wait meanwhile; for a database filled behind the triggers' back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM advocacy_advocate ORDER BY account_id, id")
        pks = [pk for (pk,) in cursor.fetchall()]
        indexes = _drop_indexes(cursor)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE references_searchrow, references_searchtext, references_searchchange")
        for start in range(0, len(pks), CHUNK):
            cursor.execute(
                """
                WITH fresh AS MATERIALIZED (SELECT * FROM references_search_rows(%s, %s)),
                rows AS (INSERT INTO references_searchrow SELECT (stored).* FROM fresh)
                INSERT INTO references_searchtext SELECT (stored).advocate_id, known_vector, full_vector FROM fresh
                """,
                [pks[start : start + CHUNK], day_of(now)],
            )
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("ANALYZE references_searchrow, references_searchtext")
    upkeep.rebuild_all(now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE references_searchbits, references_searchrank")


def _drop_indexes(cursor):
    """One at the end is several times faster than one kept row by row; the key stays."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid IN ('references_searchrow'::regclass, 'references_searchtext'::regclass) AND NOT indisprimary"
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes]

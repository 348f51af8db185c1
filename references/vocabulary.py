"""Keeps the table of words that misspelled ones are compared with.

A word that nobody uses any more finds nobody and is therefore never shown; those that may name somebody
who is gone are taken out all the same.
"""

from django.db import connection, transaction

AT_ONCE = 50  # texts of one statement each
SOURCES = """
    SELECT name || ' ' || title AS words FROM advocacy_advocate
    UNION ALL SELECT name FROM advocacy_account
    UNION ALL SELECT concat_ws(' ', headline, challenge, solution, results_text, human_element, quote) FROM advocacy_story
"""


def learn_words() -> int:
    """Take up what came and went since the last time; returns how many texts were read."""
    read = 0
    while number := _learn_some():
        read += number
    return read


def rebuild_words() -> int:
    """All words anew, from the texts themselves; returns how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM references_wordchange")
        cursor.execute("DELETE FROM references_searchword")
        cursor.execute(
            f"INSERT INTO references_searchword SELECT DISTINCT word FROM ({SOURCES}) every, references_words(words) AS word"  # noqa: S608
        )
        return cursor.rowcount


@transaction.atomic
def _learn_some():
    with connection.cursor() as cursor:
        # Two workers at once take different texts, and add their words in one order.
        cursor.execute(
            """
            DELETE FROM references_wordchange WHERE id IN (
                SELECT id FROM references_wordchange ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
            ) RETURNING added, gone
            """,
            [AT_ONCE],
        )
        texts = cursor.fetchall()
        added, gone = [[text for text in side if text] for side in zip(*texts, strict=True)] if texts else ([], [])
        if added:
            cursor.execute(
                """
                INSERT INTO references_searchword
                SELECT DISTINCT word FROM unnest(%s) AS line, references_words(line) AS word ORDER BY word
                ON CONFLICT DO NOTHING
                """,
                [added],
            )
        if gone:
            _forget(cursor, gone)
    return len(texts)


def _forget(cursor, gone):
    cursor.execute(
        """
        DELETE FROM references_searchword WHERE word IN (
            SELECT word FROM unnest(%s) AS line, references_words(line) AS word
            WHERE NOT EXISTS (
                SELECT 1 FROM references_searchtext WHERE full_vector @@ plainto_tsquery('laurel', word)
            )
        )
        """,
        [gone],
    )

"""Proves the search rows equal to what they are made from, and makes them so."""

from django.db import connection

CHUNK = 2_000
ALL = "ARRAY(SELECT id FROM advocacy_advocate)"


def wrong_rows() -> list[int]:
    """The advocates whose stored row differs from one made now, or that lack one, or whose row has outlived them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce(fresh.advocate_id, stored.advocate_id)
            FROM references_search_rows({ALL}) fresh FULL JOIN references_searchrow stored USING (advocate_id)
            WHERE fresh IS DISTINCT FROM stored ORDER BY 1
            """  # noqa: S608 - no input
        )
        return [pk for (pk,) in cursor.fetchall()]


def refresh_rows(pks: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT references_refresh_search(%s)", [pks])


def rebuild() -> None:
    """Make every row anew, as after a change behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM advocacy_advocate ORDER BY id")
        pks = [pk for (pk,) in cursor.fetchall()]
    for start in range(0, len(pks), CHUNK):
        refresh_rows(pks[start : start + CHUNK])

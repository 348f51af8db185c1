"""Proves the search rows equal to what they are made from, and makes them so."""

from django.db import connection

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

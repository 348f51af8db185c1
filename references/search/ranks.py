"""The stored orders: how well somebody fits in general, and who was asked less."""

from datetime import date

from django.contrib.contenttypes.models import ContentType

from advocacy.models import Ask
from references.search.bits import execute

LOAD_DAYS = 90
OVERDUE_COSTS = 30  # points of the score, of at most 100, on the last day before a profile leaves the search
STEPS = 6  # in which they are lost, from the day of the CSM's task on
QUICK_DAYS = 3

# Equal fits are those of the same ten points: among them the less asked comes first.
RANKS = """
    WITH answers AS (
        -- When we asked and when the customer answered, where both were recorded.
        SELECT object_id AS ask_id,
            min(changed_at) FILTER (WHERE to_status IN ('accepted', 'declined'))
                - min(changed_at) FILTER (WHERE to_status = 'asked') <= make_interval(days => %(quick)s) AS quick
        FROM advocacy_statuschange WHERE content_type_id = %(ask)s {among_asks} GROUP BY object_id
    ), record AS (
        SELECT advocate_id,
            count(*) FILTER (WHERE standing AND counts_on > %(day)s - %(load)s) AS asks,
            min(counts_on) FILTER (WHERE standing AND counts_on > %(day)s - %(load)s) + %(load)s AS changes_on,
            count(*) FILTER (WHERE answered) AS answered,
            count(*) FILTER (WHERE answered OR state = 'expired') AS settled,
            avg(quick::int) AS quick
        FROM (
            SELECT *, state NOT IN ('cancelled', 'declined', 'expired') AS standing,
                state IN ('accepted', 'scheduled', 'no_show', 'done', 'declined') AS answered
            FROM advocacy_ask {among}
        ) asks LEFT JOIN answers ON answers.ask_id = asks.id
        GROUP BY advocate_id
    ), faded AS (
        -- How many of the steps are taken, and the day of the next one.
        SELECT advocate_id, step, CASE WHEN step < %(steps)s THEN fades_on + (step * span + %(steps)s - 1) / %(steps)s END AS next_on
        FROM references_searchrow CROSS JOIN LATERAL (SELECT greatest(leaves_on - fades_on, 1) AS span) whole
        CROSS JOIN LATERAL (
            SELECT CASE WHEN fades_on > %(day)s THEN 0 ELSE least(%(steps)s, (%(day)s - fades_on) * %(steps)s / span + 1) END AS step
        ) taken {among}
    ), scored AS (
        SELECT row.advocate_id, coalesce(asks, 0) AS asks,
            least(coalesce(record.changes_on, '9999-12-31'), faded.next_on) AS changes_on,
            coalesce(verified_on - '2000-01-01'::date, 0) AS fresh,
            -- 0-10 for answering at all and for answering soon; half of each where nothing is known.
            greatest(0, quality - faded.step * %(overdue)s / %(steps)s + round(
                6 * coalesce(answered::numeric / nullif(settled, 0), 0.5) + 4 * coalesce(quick, 0.5)
            ))::int AS score
        FROM references_searchrow row JOIN faded USING (advocate_id) LEFT JOIN record USING (advocate_id) {among}
    ), ranked AS (
        SELECT *, score / 10 * 100000 + (99 - least(asks, 99)) * 1000 + score AS best FROM scored
    )
    SELECT advocate_id, least(asks, 999) AS asks, best, fresh, (99 - least(asks, 99)) * 2000000 + best AS least_asked, changes_on
    FROM ranked
"""


def wrong_ranks(day: date) -> list[int]:
    """The advocates whose stored rank is not what it should be."""
    sql = f"""
        SELECT advocate_id FROM ({RANKS.format(among="", among_asks="")}) right_one
        FULL JOIN references_searchrank stored USING (advocate_id)
        WHERE (right_one.asks, right_one.best, right_one.fresh, right_one.least_asked, right_one.changes_on)
            IS DISTINCT FROM (stored.asks, stored.best, stored.fresh, stored.least_asked, stored.changes_on)
        ORDER BY 1
    """  # noqa: S608
    return [pk for (pk,) in execute(sql, _params(day, None))]


def write_ranks(day: date, ids: list[int] | None = None) -> None:
    """The ranks of these advocates as of a day, or of all."""
    params = _params(day, ids)
    if ids is None:
        execute("DELETE FROM references_searchrank")
        execute(_insert("", ""), params)
        return
    among_asks = "AND object_id IN (SELECT id FROM advocacy_ask WHERE advocate_id = ANY (%(ids)s))"
    execute(
        f"""
        WITH gone AS (
            DELETE FROM references_searchrank r WHERE advocate_id = ANY (%(ids)s)
            AND NOT EXISTS (SELECT 1 FROM references_searchrow WHERE advocate_id = r.advocate_id)
        )
        {_insert("WHERE advocate_id = ANY (%(ids)s)", among_asks)}
        ON CONFLICT (advocate_id) DO UPDATE SET (asks, best, fresh, least_asked, changes_on)
            = ROW(excluded.asks, excluded.best, excluded.fresh, excluded.least_asked, excluded.changes_on)
        WHERE references_searchrank.* IS DISTINCT FROM excluded.*
        """,  # noqa: S608
        params,
    )


def _insert(among, among_asks):
    return f"INSERT INTO references_searchrank {RANKS.format(among=among, among_asks=among_asks)}"  # noqa: S608


def _params(day, ids):
    return {
        "day": day,
        "load": LOAD_DAYS,
        "overdue": OVERDUE_COSTS,
        "steps": STEPS,
        "quick": QUICK_DAYS,
        "ask": ContentType.objects.get_for_model(Ask).pk,
        "ids": ids,
    }

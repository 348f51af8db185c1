"""Advocates by segment: free now, resting, stale; one pass over the search rows."""

from datetime import datetime

from django.db import connection

from advocacy.models import ActivityType, Advocate, User
from advocacy.working_time import day_of
from references.demand.dimensions import Dimension
from references.models import SearchRow


def supply(
    dimensions: list[Dimension], user: User | None, activity_type: ActivityType, now: datetime
) -> dict[tuple, tuple[int, int, int]]:
    """Value of each dimension: advocates free now, resting (asked lately, or otherwise not now) and stale.

    Stale are active advocates who left the search because nobody has verified their profile.
    """
    today = day_of(now)
    visible = SearchRow.objects.visible_to(user) if user else SearchRow.objects.all()
    rows, row_params = visible.filter(is_active=True).order_by().query.sql_with_params()
    free, free_params = Advocate.objects.free_for(activity_type, today, now).order_by().values("pk").query.sql_with_params()
    names = [dimension.row for dimension in dimensions]
    # First by the set of products, of which there are few, then by each product: a row with three is counted three times.
    plain = ["products" if name == "product" else name for name in names]
    product = "LEFT JOIN LATERAL unnest(grouped.products) AS product ON true" if "product" in names else ""
    statement = f"""
        WITH visible AS ({rows}), free (id) AS MATERIALIZED ({free}), grouped AS (
            SELECT {", ".join(plain)},
                count(*) FILTER (WHERE leaves_on > %s AND free.id IS NOT NULL) AS free,
                count(*) FILTER (WHERE leaves_on > %s AND free.id IS NULL) AS resting,
                count(*) FILTER (WHERE leaves_on <= %s) AS stale
            FROM visible LEFT JOIN free ON free.id = visible.advocate_id GROUP BY {", ".join(plain)}
        )
        SELECT {", ".join(names)}, sum(free), sum(resting), sum(stale) FROM grouped {product} GROUP BY {", ".join(names)}
    """  # noqa: S608 - names come from DIMENSIONS
    with connection.cursor() as cursor:
        cursor.execute(statement, [*row_params, *free_params, today, today, today])
        return {row[:-3]: tuple(map(int, row[-3:])) for row in cursor.fetchall()}

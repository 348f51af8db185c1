"""Demand by segment: open deals, what growth goals expect, and needs that nobody met."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import connection

from advocacy.countries import region_of
from advocacy.models import Opportunity, User
from references.demand.dimensions import Dimension
from references.models import GrowthGoal, UnmetNeed

OPEN_DEALS = """
    SELECT {values}, count(DISTINCT o.id), coalesce(sum(o.amount), 0)
    FROM ({visible}) o LEFT JOIN advocacy_account a ON a.id = o.account_id {products}
    GROUP BY {places}
"""


def open_deals(dimensions: list[Dimension], user: User | None) -> dict[tuple, tuple[int, Decimal]]:
    """Value of each dimension: open deals and their amounts. Where a deal says nothing, its company's facts count.

    A deal about two products stands under both.
    """
    deals = Opportunity.objects.visible_to(user) if user else Opportunity.objects.all()
    visible, params = deals.open().order_by().query.sql_with_params()
    by_product = any(dimension.name == "product" for dimension in dimensions)
    statement = OPEN_DEALS.format(
        values=", ".join(dimension.deal for dimension in dimensions),
        places=", ".join(str(place) for place in range(1, len(dimensions) + 1)),
        visible=visible,
        products="LEFT JOIN advocacy_opportunity_products m ON m.opportunity_id = o.id" if by_product else "",
    )
    found = defaultdict(lambda: (0, Decimal(0)))
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for *values, deals, pipeline in cursor.fetchall():
            key = tuple(
                region_of(value) if dimension.name == "region" else value
                for dimension, value in zip(dimensions, values, strict=True)
            )
            found[key] = (found[key][0] + deals, found[key][1] + pipeline)
    return found


def goals(dimensions: list[Dimension], on: date) -> dict[tuple, tuple[int, Decimal]]:
    """What growth goals that still run expect: deals and pipeline, under the values the goal names."""
    found = defaultdict(lambda: (0, Decimal(0)))
    for goal in GrowthGoal.objects.filter(until__gte=on):
        values = {"industry": goal.industry_id, "region": goal.region, "product": goal.product_id, "segment": goal.segment}
        key = tuple(values[dimension.name] for dimension in dimensions)
        found[key] = (found[key][0] + goal.opportunities, found[key][1] + (goal.pipeline or 0))
    return found


def unmet_needs(dimensions: list[Dimension], user: User | None) -> dict[tuple, int]:
    """Open needs of searches and requests that ended with nobody."""
    found = defaultdict(int)
    needs = UnmetNeed.objects.visible_to(user) if user else UnmetNeed.objects.all()
    for need in needs.open().prefetch_related("products"):
        for key in _keys_of(need, dimensions):
            found[key] += 1
    return found


def _keys_of(need: UnmetNeed, dimensions: list[Dimension]) -> Iterable[tuple]:
    for product in [product.pk for product in need.products.all()] or [None]:
        values = {"industry": need.industry_id, "region": need.region, "product": product, "segment": need.segment}
        yield tuple(values[dimension.name] for dimension in dimensions)
        if not any(dimension.name == "product" for dimension in dimensions):
            return

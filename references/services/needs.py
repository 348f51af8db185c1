"""Needs that nobody could meet, kept so that the team sees whom to win next."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from advocacy.countries import region_of
from advocacy.models import ActivityType, Industry, Opportunity, Product, User
from advocacy.working_time import day_of, start_of
from references import emails
from references.models import ReferenceRequest, UnmetNeed

QUERY_LENGTH = UnmetNeed._meta.get_field("query").max_length
TEXT_LENGTH = UnmetNeed._meta.get_field("text").max_length


@transaction.atomic
def record_need(
    *,
    user: User,
    activity_type: ActivityType | None,
    wanted: Mapping,
    now: datetime,
    query: str = "",
    opportunity: Opportunity | None = None,
    request: ReferenceRequest | None = None,
) -> UnmetNeed:
    """Keep what somebody looked for in vain; the same search by the same person on one day is one need, as is one request.

    `wanted` is what `Search.as_dict` gives and `ReferenceRequest.wanted` holds: facet names with lists of
    values, and "text". Where several values were wanted the first stands for them; `query` keeps all.
    """
    query = query[:QUERY_LENGTH]
    _one_at_a_time(request.pk if request else user.pk, query)
    if known := _known(user, query, request, now):
        return known
    need = UnmetNeed.objects.create(
        source=UnmetNeed.Source.REQUEST if request else UnmetNeed.Source.SEARCH,
        user=user,
        query=query,
        text=str(wanted.get("text", ""))[:TEXT_LENGTH],
        activity_type=activity_type,
        opportunity=opportunity,
        request=request,
        created_at=now,
        **_segment(wanted),
    )
    need.products.set(Product.objects.filter(pk__in=wanted.get("product", [])))
    return need


@transaction.atomic
def ask_team(*, need: UnmetNeed) -> UnmetNeed:
    """The searcher wants the advocacy team to look: it is told once for each need."""
    if not need.asks_team:
        need.asks_team = True
        need.save(update_fields=["asks_team"])
        emails.reference_wanted(need)
    return need


def _one_at_a_time(owner, query):
    """Two pages opened at once wait for each other, so that the second finds the need of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"unmet need {owner} {query}"])


def _known(user, query, request, now):
    if request:
        return UnmetNeed.objects.filter(request=request).first()
    today = start_of(day_of(now))
    return UnmetNeed.objects.filter(
        source=UnmetNeed.Source.SEARCH, user=user, query=query, created_at__gte=today, created_at__lte=now
    ).first()


def _segment(wanted):
    first = {name: values[0] for name, values in wanted.items() if isinstance(values, list) and values}
    return {
        "industry": Industry.objects.filter(pk=first["industry"]).first() if "industry" in first else None,
        "region": first.get("region") or region_of(first.get("country", "")),
        "segment": first.get("segment", ""),
        "level": first.get("level", ""),
    }

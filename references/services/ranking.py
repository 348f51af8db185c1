"""Who fits best, and who of them is free: narrowed by the search rows, scored in Python by `matching`."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from advocacy.availability import Availability
from advocacy.models import ActivityType, Advocate, Opportunity, Product, User
from advocacy.models.users import Region
from advocacy.services import availabilities
from advocacy.working_time import day_of
from references import matching
from references.glance import asks_of_late
from references.matching import Deal, Match, Person
from references.models import ReferenceRequest, SearchRow
from references.search.nearest import Grade, nearest_ids
from references.search.upkeep import refresh
from references.sought import Sought, for_opportunity, for_request

POOL = 200  # looked at closely, however many there are
FREE_ENOUGH = 10  # in the pool; with fewer the free are looked for by themselves
COLLEAGUES = 1000  # at the prospect's own company, at most
LADDERS = {"level": matching.LEVELS, "segment": matching.SEGMENTS}
WEIGHTS = {
    "industry": matching.INDUSTRY,
    "level": matching.LEVEL,
    "product": matching.PRODUCTS,
    "segment": matching.SEGMENT,
    "region": matching.REGION,
}


@dataclass(frozen=True)
class Ranked:
    advocate: Advocate  # with account, industry and search row
    score: int  # 0-100
    fits: list[str]
    misfits: list[str]
    availability: Availability
    asks: int  # in the last 90 days

    @property
    def is_free(self) -> bool:
        return self.availability.is_free


def ranked_candidates(
    *,
    request_or_deal: ReferenceRequest | Opportunity | Sought,
    user: User,
    activity_type: ActivityType,
    now: datetime,
    limit: int = 10,
    exclude: Collection[int] = (),
    only_free: bool = False,
    settles: bool = True,
) -> list[Ranked]:
    """The best first; of two that fit alike one who is free, then the less asked, then the better story.

    Only advocates `user` may find and who have said yes to the activity, never those of the prospect's own company
    nor the ids in `exclude`. In a longer transaction leave `settles` out: the one lock of the search would be held to
    its end. Who is new in the last seconds may then be missed; nobody is found free who is not.
    """
    sought = sought_by(request_or_deal)
    pool = Pool(sought, user, activity_type, now, is_willing=activity_type.blocks_others, settles=settles)
    ranked = [] if only_free else rank(pool.ids(exclude), sought, activity_type, now)
    if sum(candidate.is_free for candidate in ranked) < min(limit, FREE_ENOUGH):
        # Those nearest to the deal may all be resting: look once more among the free alone.
        seen = {candidate.advocate.pk for candidate in ranked}
        ranked += rank(replace(pool, is_free=True).ids({*exclude, *seen}), sought, activity_type, now)
    if only_free:
        ranked = [candidate for candidate in ranked if candidate.is_free]
    return sorted(ranked, key=_order)[:limit]


def fits_of(request: ReferenceRequest, advocates: Collection[Advocate]) -> dict[int, Match]:
    """What speaks for and against each of these advocates in this request, by their keys."""
    deal = for_request(request).as_deal(in_person=request.activity_type.needs_presence)
    rows = SearchRow.objects.in_bulk([advocate.pk for advocate in advocates])
    if missing := [advocate.pk for advocate in advocates if advocate.pk not in rows]:
        refresh(missing)  # imported a moment ago
        rows |= SearchRow.objects.in_bulk(missing)
    products = _product_names(rows.values())
    return {advocate.pk: matching.match(deal, _person(advocate, rows[advocate.pk], products)) for advocate in advocates}


def sought_by(request_or_deal: ReferenceRequest | Opportunity | Sought) -> Sought:
    if isinstance(request_or_deal, ReferenceRequest):
        return for_request(request_or_deal)
    return for_opportunity(request_or_deal) if isinstance(request_or_deal, Opportunity) else request_or_deal


def nearest_to(sought: Sought, user: User, activity_type: ActivityType, now: datetime) -> list[int]:
    """Those with most in common, whatever they are willing to do."""
    return Pool(sought, user, activity_type, now).ids()


def rank(pks: Collection[int], sought: Sought, activity_type: ActivityType, now: datetime) -> list[Ranked]:
    """These advocates, each with score, reasons, availability and load; in no order."""
    deal = sought.as_deal(in_person=activity_type.needs_presence)
    advocates = list(Advocate.objects.filter(pk__in=pks).select_related("account__industry", "search_row"))
    free = availabilities(advocates, activity_type, now)
    asks = asks_of_late(pks, now)
    products = _product_names([advocate.search_row for advocate in advocates])
    return [_ranked(advocate, deal, products, free[advocate.pk], asks.get(advocate.pk, 0)) for advocate in advocates]


def _ranked(advocate, deal: Deal, products, availability, asks):
    found = matching.match(deal, _person(advocate, advocate.search_row, products))
    return Ranked(advocate, found.score, found.fits, found.misfits, availability, asks)


def _order(candidate):
    return (
        -candidate.score,
        not candidate.is_free,
        candidate.asks,
        -candidate.advocate.search_row.quality,
        candidate.advocate.pk,
    )


def _person(advocate, row, products):
    account = advocate.account
    return Person(
        industry=account.industry.name if account and account.industry else "",
        region=str(Region(row.region).label) if row.region else "",
        segment=row.segment,
        level=advocate.level,
        products=frozenset(products[pk] for pk in row.products if pk in products),
        passion=advocate.passion,
        self_promotion=advocate.self_promotion,
    )


def _product_names(rows):
    return dict(Product.objects.filter(pk__in={pk for row in rows for pk in row.products}).values_list("pk", "name"))


# Narrowing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pool:
    """Those worth a closer look: most in common with the deal, of equal ones those of the better rank."""

    sought: Sought
    user: User
    activity_type: ActivityType
    now: datetime
    is_willing: bool = False
    is_free: bool = False
    settles: bool = True

    def ids(self, exclude: Collection[int] = ()) -> list[int]:
        out = {*exclude, *self._colleagues()}
        must = {"is_willing": self.is_willing, "is_free": self.is_free, "settles": self.settles}
        found = nearest_ids(_wishes(self.sought), self.user, self.activity_type, self.now, size=POOL + len(out), **must)
        if found is None:
            found = list(self._without_bits().values_list("pk", flat=True)[: POOL + len(out)])
        return [pk for pk in found if pk not in out][:POOL]

    def _without_bits(self):
        """By rank alone: for those who may find few, and where the bits are not made yet."""
        day = day_of(self.now)
        rows = SearchRow.objects.visible_to(self.user).findable(day).order_by("-quality", "pk")
        if self.is_willing:
            rows = rows.filter(willing__contains=[self.activity_type.pk])
        if self.is_free:
            rows = rows.filter(pk__in=Advocate.objects.free_for(self.activity_type, day, self.now).values("pk"))
        return rows

    def _colleagues(self):
        """Nobody is a reference for their own company."""
        account = self.sought.account
        return SearchRow.objects.filter(account=account).values_list("pk", flat=True)[:COLLEAGUES] if account else ()


def _wishes(sought):
    for facet, values in sought.values().items():
        grades = [Grade(facet, values, WEIGHTS[facet])]
        if near := matching.neighbours(values, LADDERS.get(facet, [])):
            grades.append(Grade(facet, near, WEIGHTS[facet] * matching.NEIGHBOUR))
        yield grades

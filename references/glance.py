"""An advocate in a few facts, as a reader may see them: for favourites, comparisons, deals, files and mails."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import JSONObject

from advocacy.availability import Availability
from advocacy.models import ActivityType, Advocate, Ask, Story, User, Verification
from advocacy.models.accounts import Segment
from advocacy.models.users import Region
from advocacy.services import availabilities
from advocacy.working_time import day_of
from references.models import Favourite
from references.search.ranks import LOAD_DAYS
from references.sight import sight_of


@dataclass(frozen=True)
class Glance:
    pk: int
    label: str
    names: str
    title: str
    name: str
    company: str
    level: str
    industry: str
    region: str
    segment: str
    headline: str
    quote: str
    quote_outside: bool
    availability: Availability
    verified_at: datetime | None
    asks: int

    @property
    def described(self) -> str:
        return " · ".join(part for part in (self.names, self.label) if part)


def glances_of(pks: Collection[int], user: User, activity_type: ActivityType, now: datetime) -> list[Glance]:
    """In the order of `pks`, without those this reader may not see."""
    by_pk = with_facts(Advocate.objects.visible_to(user)).in_bulk(list(pks))
    return glances([by_pk[pk] for pk in pks if pk in by_pk], user, activity_type, now)


def glances(advocates: Iterable[Advocate], user: User, activity_type: ActivityType, now: datetime) -> list[Glance]:
    """In the order given; `advocates` comes from `with_facts`."""
    advocates = list(advocates)
    free = availabilities(advocates, activity_type, now)
    asks = asks_of_late([advocate.pk for advocate in advocates], now)
    on = day_of(now)
    return [glance_at(advocate, user, free[advocate.pk], asks.get(advocate.pk, 0), on) for advocate in advocates]


def with_facts(advocates):
    """Joined and annotated with what a glance shows, so that many cost as many queries as one."""
    story = Story.objects.filter(advocate=OuterRef("pk")).values(
        as_json=JSONObject(headline="headline", quote="quote", company="account__name", domain="account__domain")
    )
    verified = Verification.objects.filter(advocate=OuterRef("pk")).order_by().values("advocate")
    return advocates.select_related("account__industry", "search_row").annotate(
        told=Subquery(story[:1]), verified_at=Subquery(verified.annotate(last=Max("verified_at")).values("last"))
    )


def glance_at(advocate: Advocate, user: User, availability: Availability, asks: int, on: date) -> Glance:
    sight = sight_of(user, advocate, advocate.search_row, on)
    account, told = advocate.account, getattr(advocate, "told", None) or {}
    told_at = told.get("company") or "", told.get("domain") or ""
    return Glance(
        pk=advocate.pk,
        label=sight.label(advocate),
        names=sight.names(advocate),
        title=sight.tell(advocate.title, advocate),
        name=advocate.name if sight.name else "",
        company=account.name if sight.company and account else "",
        level=advocate.get_level_display(),
        **_company_facts(account),
        headline=sight.tell(told.get("headline", ""), advocate, told_at),
        quote=sight.tell(told.get("quote", ""), advocate, told_at),
        quote_outside=sight.quote_outside,
        availability=availability,
        verified_at=getattr(advocate, "verified_at", None),
        asks=asks,
    )


def _company_facts(account):
    return {
        "industry": account.industry.name if account and account.industry else "",
        "region": str(Region(account.region).label) if account and account.region else "",
        "segment": str(Segment(account.segment).label) if account and account.segment else "",
    }


def asks_of_late(pks: Collection[int], now: datetime) -> dict[int, int]:
    """Advocate: asks of the last 90 days that took a place."""
    since = day_of(now) - timedelta(days=LOAD_DAYS)
    asks = Ask.objects.counted().filter(advocate__in=pks, counts_on__gt=since).order_by()
    return dict(asks.values_list("advocate").annotate(number=Count("pk")))


def favourites_among(user: User, pks: Collection[int]) -> set[int]:
    return set(Favourite.objects.visible_to(user).filter(advocate__in=pks).values_list("advocate", flat=True))

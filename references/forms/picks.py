"""Whom to ask, and in which order: those chosen in the search, and some who would fit as well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from advocacy.availability import Availability
from advocacy.models import ActivityType, Advocate, User
from advocacy.services import availabilities
from advocacy.working_time import day_of
from references.models import Favourite
from references.search.facets import number
from references.services.ranking import ranked_candidates
from references.sight import sight_of
from references.sought import Sought

MOST = 8  # in a form
SUGGESTED = 4
PLACE = re.compile(r"place_([0-9]{1,18})")


@dataclass(frozen=True)
class Pick:
    """An advocate the form offers, as its reader may know them; `place` in the order, 0 for not asked."""

    advocate: Advocate
    label: str
    place: int
    availability: Availability
    reasons: Sequence[str] = ()

    @property
    def name(self):
        return f"place_{self.advocate.pk}"

    @property
    def mark(self):
        return mark_of(self.advocate)


def mark_of(advocate: Advocate) -> str:
    """Says whether somebody is still who they were when the form was opened, and nothing else about them."""
    return salted_hmac("references.pick", f"{advocate.pk} {advocate.account_id} {advocate.title}").hexdigest()[:20]


def asked_for(query: QueryDict, user: User) -> list[Advocate]:
    """The advocates an address names, in its order, as far as the user may see them."""
    pks = list(dict.fromkeys(pk for pk in map(number, query.getlist("advocate")) if pk is not None))[:MOST]
    found = _visible(pks, user)
    return [found[pk] for pk in pks if pk in found]


def sent(data: QueryDict, user: User) -> dict[Advocate, int]:
    """The advocates of a form that was sent, each with its place."""
    places = {int(match[1]): number(data.get(name)) or 0 for name in data if (match := PLACE.fullmatch(name))}
    found = _visible(list(places)[: 2 * MOST], user)
    return {found[pk]: min(place, MOST) for pk, place in places.items() if pk in found}


def in_order(places: dict[Advocate, int]) -> list[Advocate]:
    """Those with a place, by it; of two with the same the one further up in the form."""
    return sorted((advocate for advocate, place in places.items() if place), key=places.get)


def picks(places: dict[Advocate, int], user: User, activity_type: ActivityType, now: datetime, reasons=None) -> list[Pick]:
    free = availabilities(places, activity_type, now)
    return [
        Pick(
            advocate=advocate,
            label=sight_of(user, advocate, advocate.search_row, day_of(now)).describe(advocate),
            place=place,
            availability=free[advocate.pk],
            reasons=(reasons or {}).get(advocate.pk, ()),
        )
        for advocate, place in places.items()
    ]


def suggestions(sought: Sought, known: list[Advocate], user: User, activity_type: ActivityType, now: datetime) -> list[Pick]:
    """The user's favourites who are free, then the best for what is sought."""
    pks = {advocate.pk for advocate in known}
    mine = Favourite.objects.filter(user=user).exclude(advocate__in=pks).values_list("advocate", flat=True)[:MOST]
    favourites = picks(dict.fromkeys(_visible(list(mine), user).values(), 0), user, activity_type, now)
    found = [pick for pick in favourites if pick.availability.is_free][:SUGGESTED]
    missing = SUGGESTED - len(found)
    if not missing or not sought.values():
        return found
    best = ranked_candidates(
        request_or_deal=sought,
        user=user,
        activity_type=activity_type,
        now=now,
        limit=missing,
        exclude=pks | {pick.advocate.pk for pick in found},
        only_free=True,
    )
    best = [one for one in best if one.fits]
    reasons = {one.advocate.pk: one.fits for one in best}
    return found + picks({one.advocate: 0 for one in best}, user, activity_type, now, reasons)


def _visible(pks, user):
    return Advocate.objects.visible_to(user).select_related("account__industry", "search_row").in_bulk(pks)

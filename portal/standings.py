"""Standings of nominators: by quality, not by number. What was only submitted earns nothing.

Points: `SHORTLISTED` for each nomination that was shortlisted, `WON` more for each that won. They count from the
announcement on, because before it they would tell a result.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from advocacy.models import StatusChange, User
from advocacy.models.users import Region
from nominations.models import Entry

SHORTLISTED, WON = 3, 10


@dataclass(frozen=True)
class Row:
    name: str
    points: int
    shortlisted: int
    won: int
    rank: int


def standings(now: datetime) -> dict[str, list[Row]]:
    """By person, team and region, best first; people who opted out are in none of them."""
    earned = _earned(now)
    people = User.objects.filter(pk__in=earned, hides_from_standings=False, is_active=True)
    by_team, by_region = defaultdict(Counter), defaultdict(Counter)
    regions = dict(Region.choices)
    for person in people:
        by_team[person.team].update(earned[person.pk])
        by_region[str(regions.get(person.region, ""))].update(earned[person.pk])
    return {
        "people": _rows((person.name, earned[person.pk]) for person in people),
        "teams": _rows((name, counts) for name, counts in by_team.items() if name),
        "regions": _rows((name, counts) for name, counts in by_region.items() if name),
    }


def _earned(now):
    """How many nominations of each nominator were shortlisted and won; each counts once, in however many categories."""
    shortlisted, won = set(), set()
    for nominator, nomination, status, was_listed, is_public in _entries(now):
        if was_listed or status == Entry.Status.SHORTLISTED:
            shortlisted.add((nominator, nomination))
        if status == Entry.Status.WON and is_public:
            won.add((nominator, nomination))
    earned = defaultdict(Counter)
    for kind, pairs in (("shortlisted", shortlisted), ("won", won)):
        for nominator, _nomination in pairs:
            earned[nominator][kind] += 1
    return earned


def _entries(now):
    listed = StatusChange.objects.filter(
        content_type__app_label="nominations",
        content_type__model="entry",
        object_id=OuterRef("pk"),
        to_status=Entry.Status.SHORTLISTED,
    )
    announced = Entry.objects.filter(category__program__announced_at__lte=now, nomination__nominator__isnull=False)
    past_embargo = Q(winner__embargo_until__isnull=True) | Q(winner__embargo_until__lte=now)
    return announced.annotate(was_listed=Exists(listed), is_public=past_embargo).values_list(
        "nomination__nominator_id", "nomination_id", "status", "was_listed", "is_public"
    )


def _rows(named):
    """Equal points share a rank, as in a race."""
    scored = sorted(((SHORTLISTED * one["shortlisted"] + WON * one["won"], name, one) for name, one in named), key=_order)
    points = [total for total, _name, _one in scored]
    return [
        Row(name=name, points=total, shortlisted=one["shortlisted"], won=one["won"], rank=points.index(total) + 1)
        for total, name, one in scored
        if total
    ]


def _order(scored):
    total, name, _one = scored
    return (-total, name)

"""A few advocates side by side, line by line, in the words their reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import ActivityType, Advocate, Opportunity, Product, User
from advocacy.working_time import day_of
from references.glance import Glance
from references.services.ranking import rank
from references.showing import Shown, shown_of
from references.sought import for_opportunity


@dataclass(frozen=True)
class Line:
    """One thing compared: for each advocate the phrases that say it; nothing where nothing is known."""

    label: str
    cells: list[list[str]]


def comparison_of(
    people: Sequence[Glance], user: User, activity_type: ActivityType, deal: Opportunity | None, now: datetime
) -> list[Line]:
    pks = [person.pk for person in people]
    advocates = Advocate.objects.select_related("account", "search_row").prefetch_related("topics").in_bulk(pks)
    ordered = [advocates[pk] for pk in pks]
    lines = [*_fit(pks, deal, activity_type, now), *_availability(people, activity_type), *_company(people), *_person(ordered)]
    shown = shown_of(pks, user, day_of(now))
    lines += _story(people, [shown.get(pk, []) for pk in pks])
    return [
        Line(label, [[phrase for phrase in cell if phrase] for cell in cells]) for label, cells in lines if any(map(any, cells))
    ]


def _fit(pks, deal, activity_type, now):
    if deal is None:
        return
    ranked = {candidate.advocate.pk: candidate for candidate in rank(pks, for_opportunity(deal), activity_type, now)}
    fits = [ranked[pk] for pk in pks]
    yield _("Fit for the deal"), [[_("%(score)s of 100") % {"score": fit.score}] for fit in fits]
    yield _("Fits"), [fit.fits for fit in fits]
    yield _("Does not fit"), [fit.misfits for fit in fits]


def _availability(people, activity_type):
    yield str(activity_type), [[person.availability.sentence] for person in people]
    yield _("Free again"), [[_day(person.availability.free_on)] if not person.availability.is_free else [] for person in people]
    yield _("Asked in 90 days"), [[str(person.asks)] for person in people]
    yield _("Last checked"), [[_day(person.verified_at and day_of(person.verified_at))] for person in people]


def _company(people):
    yield _("Level"), [[person.level] for person in people]
    yield _("Industry"), [[person.industry] for person in people]
    yield _("Region"), [[person.region] for person in people]
    yield _("Company size"), [[person.segment] for person in people]


def _person(advocates):
    rows = [advocate.search_row for advocate in advocates]
    products = dict(Product.objects.filter(pk__in={pk for row in rows for pk in row.products}).values_list("pk", "name"))
    activities = {activity.pk: activity.name for activity in ActivityType.objects.all()}
    yield _("Uses"), [_named(row.products, products) for row in rows]
    yield _("Willing to"), [_named(row.willing, activities) for row in rows]
    yield _("Languages"), [list(advocate.languages) for advocate in advocates]
    yield _("Topics"), [[topic.name for topic in advocate.topics.all()] for advocate in advocates]


def _story(people, shown: list[list[Shown]]):
    yield _("Story"), [[person.headline] for person in people]
    yield _("Quote"), [[f"“{person.quote}”"] if person.quote else [] for person in people]
    yield _("May be shown outside"), [list(dict.fromkeys(_piece(piece) for piece in pieces)) for pieces in shown]


def _piece(piece):
    return f"{piece.kind}: {piece.title}" if piece.title else piece.kind


def _named(pks, names):
    return sorted(names[pk] for pk in pks if pk in names)


def _day(day):
    return date_format(day, "j F Y") if day else ""

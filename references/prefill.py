"""What the form for a request starts with: the deal, the search, or an earlier request that ended without anybody."""

from datetime import datetime

from django.http import QueryDict

from advocacy.models import ActivityType, Advocate, Opportunity, User
from references.dates import usual_day
from references.forms.opportunities import opportunity_label
from references.models import ReferenceRequest
from references.search import Search
from references.search.facets import number

FORMATS = {
    "reference-call": ReferenceRequest.Format.CALL,
    "video": ReferenceRequest.Format.VIDEO,
    "speaking": ReferenceRequest.Format.ON_SITE,
    "site-visit": ReferenceRequest.Format.ON_SITE,
}
KEPT = [
    "activity_type",
    "format",
    "wants_to_hear",
    "prospect_name",
    "prospect_title",
    "prospect_level",
    "prospect_email",
    "prospect_time_zone",
    "concerns",
    "avoid",
]


def initial_for(query: QueryDict, user: User, now: datetime) -> dict:
    if again := number(query.get("again")):
        before = ReferenceRequest.objects.filter(requester=user, pk=again).select_related("opportunity").first()
        if before:
            return {name: getattr(before, name) for name in KEPT} | _of_deal(before.opportunity, user, now)
    search = Search.from_query(query)
    activity = ActivityType.objects.filter(code=search.activity).first()
    return {
        "activity_type": activity,
        "format": FORMATS.get(search.activity, ReferenceRequest.Format.WRITTEN),
        "prospect_level": _level(query, search),
        **_of_deal(deal_of(query, user), user, now),
    }


def deal_of(query: QueryDict, user: User) -> Opportunity | None:
    wanted = query.get("opportunity", "").replace("\x00", "")[:100]
    return Opportunity.objects.visible_to(user).filter(external_id=wanted).first() if wanted else None


def _of_deal(deal, user, now):
    found = {"needed_by": usual_day(deal and deal.close_date, user, now)}
    return found | ({"opportunity": opportunity_label(deal)} if deal and deal.is_open else {})


def _level(query, search):
    """The level searched for, since people believe their peers."""
    wanted = query.get("prospect_level") or next(iter(search.values.get("level", ())), "")
    return wanted if wanted in Advocate.Level else ""

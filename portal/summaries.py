"""The summaries of the week and the month. Each number and name comes from what its reader may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import Account, ActivityType, Advocate, Recruitment, StatusChange, Story, User
from advocacy.profile_checks import queue
from advocacy.working_time import day_of
from nominations.models import Nomination
from portal.home import asks_waiting
from references.demand import chosen, coverage
from references.glance import glances_of
from references.load import load_of
from references.models import ReferenceRequest, SearchRow
from references.outcomes import calls_held, report_of
from references.sight import company_of, sight_of

NAMED = 3
NEW_NAMED = 5
TEAMS = 5


@dataclass(frozen=True)
class Line:
    """What a summary says of one matter: a sentence, where it leads, and the first few of it."""

    said: str
    link: str
    named: list[str] = field(default_factory=list)


# What needs a CSM ---------------------------------------------------------------------------


def what_needs(user: User, now: datetime) -> list[Line]:
    """Five lines at most: what waits for this person's word, work begun, profiles, and who could be next."""
    found = [_requests(user), _asks(user), _drafts(user), _profiles(user, now), _eligible(user)]
    return [line for line in found if line]


def _requests(user):
    waiting = ReferenceRequest.objects.visible_to(user).waiting_for(user)
    waiting = waiting.select_related("activity_type", "opportunity", "requester").longest_due_first()
    said = ngettext("One reference request waits for you", "%(number)s reference requests wait for you", len(waiting))
    return _line(said, reverse("requests"), waiting)


def _asks(user):
    said = _("Other teams want to ask your customers, and wait for your word")
    return _line(said, reverse("asks"), list(asks_waiting(user)))


def _drafts(user):
    mine = Nomination.objects.drafts().filter(nominator=user).select_related("nominee", "account")
    mine = mine.order_by("created_at", "pk")
    said = ngettext("One nomination you began is not handed in", "%(number)s nominations you began are not handed in", len(mine))
    return _line(said, reverse("nominations"), [one.nominee or one.account or one for one in mine])


def _profiles(user, now):
    keys = queue.keys(user, now)
    people = Advocate.objects.visible_to(user).in_bulk(keys[:NAMED])
    said = ngettext("One profile is due for a check", "%(number)s profiles are due for a check", len(keys))
    return _line(said, reverse("check-queue"), [people[pk] for pk in keys[:NAMED] if pk in people], number=len(keys))


def _eligible(user):
    suggested = Recruitment.objects.visible_to(user).filter(
        status=Recruitment.Status.SUGGESTED, advocate__account__in=Account.objects.looked_after_by(user)
    )
    suggested = suggested.select_related("advocate").order_by("created_at", "pk")
    said = ngettext(
        "One customer of yours could become an advocate", "%(number)s customers of yours could become advocates", len(suggested)
    )
    return _line(said, reverse("recruiting"), [one.advocate for one in suggested])


def _line(said: str, link: str, found: Iterable, number: int | None = None) -> Line | None:
    found = list(found)
    number = len(found) if number is None else number
    if not number:
        return None
    named = [str(one) for one in found[:NAMED]]
    if number > len(named):
        named.append(_("and %(number)s more") % {"number": number - len(named)})
    return Line(said % {"number": number} if "%(number)s" in said else said, link, named)


# What is new for sellers ----------------------------------------------------------------------


@dataclass(frozen=True)
class News:
    """Who is new to call on, as the reader may know them, and one success."""

    people: list[str]
    more: int
    success: str

    def __bool__(self):
        return bool(self.people or self.success)


def news_for(user: User, since: datetime, until: datetime, now: datetime) -> News:
    pks = new_advocates(user, since, until, now)
    call = ActivityType.objects.get(code=REFERENCE_CALL)
    people = [f"{one.described}. {one.availability.sentence}" for one in glances_of(pks[:NEW_NAMED], user, call, now)]
    return News(people, max(0, len(pks) - NEW_NAMED), success_for(user, since, now))


def new_advocates(user: User, since: datetime, until: datetime, now: datetime) -> list[int]:
    """Those who became active between two moments and may be found by this reader, the newest first."""
    begun = StatusChange.objects.filter(
        content_type__app_label="advocacy",
        content_type__model="advocate",
        from_status__in=["", Advocate.Status.CANDIDATE],
        to_status=Advocate.Status.ACTIVE,
        changed_at__gte=since,
        changed_at__lt=until,
    )
    findable = SearchRow.objects.visible_to(user).findable(day_of(now)).values("advocate")
    mine = Advocate.objects.visible_to(user).active().filter(pk__in=findable)
    known = set(mine.filter(pk__in=begun.values("object_id")).values_list("pk", flat=True))
    return [pk for pk in dict.fromkeys(begun.order_by("-changed_at", "-pk").values_list("object_id", flat=True)) if pk in known]


def success_for(user: User, since: datetime, now: datetime) -> str:
    """A deal of the reader's own that a reference helped to win, else a customer's new story; "" without either."""
    won = ReferenceRequest.objects.visible_to(user).filter(
        status=ReferenceRequest.Status.COMPLETED, influenced=True, opportunity__is_won=True, win_told_at__gte=since
    )
    if request := won.select_related("opportunity").order_by("-win_told_at", "-pk").first():
        return _("%(deal)s is won. A customer of ours was one of the voices they heard.") % {"deal": request.opportunity}
    stories = (
        Story.objects.visible_to(user).exclude(headline="").filter(created_at__gte=since, advocate__status=Advocate.Status.ACTIVE)
    )
    story = (
        stories.select_related("account", "advocate__account__industry", "advocate__search_row").order_by("-created_at").first()
    )
    if story is None:
        return ""
    sight = sight_of(user, story.advocate, story.advocate.search_row, day_of(now))
    headline = sight.tell(story.headline, story.advocate, company_of(story))
    return _("“%(headline)s”: the story of %(who)s.") % {"headline": headline, "who": sight.describe(story.advocate)}


# What a leader reads --------------------------------------------------------------------------


def standing_for(user: User, since: datetime, now: datetime) -> list[Line]:
    """The month in numbers, and where each leads."""
    return [_covered(user, now), _load(user, now), _adoption(user, since), _outcomes(user, since)]


def _covered(user, now):
    cells = coverage(chosen([]), user, now)
    deals, open_deals = sum(cell.deals for cell in cells), sum(cell.deals for cell in cells if not cell.is_covered)
    said = _("Coverage: %(bare)s of %(deals)s open deals lie where we have too few advocates")
    named = [" · ".join(cell.labels) for cell in cells if not cell.is_covered][:NAMED]
    return Line(said % {"bare": open_deals, "deals": deals}, reverse("coverage"), named)


def _load(user, now):
    load = load_of(user, "segment", now)
    said = _("Load: %(over)s of %(all)s advocates are asked too much, %(never)s were never asked")
    facts = {"over": load.over, "all": load.advocates, "never": load.never}
    owed = ngettext("%(number)s was promised something", "%(number)s were promised something", load.owed)
    return Line(said % facts, reverse("load"), [owed % {"number": load.owed}] if load.owed else [])


def _adoption(user, since):
    """People who nominated or asked for a reference, by team."""
    nominated = Nomination.objects.visible_to(user).filter(submitted_at__gte=since, nominator__isnull=False)
    asked = ReferenceRequest.objects.visible_to(user).filter(created_at__gte=since)
    people = {*nominated.values_list("nominator", "nominator__team"), *asked.values_list("requester", "requester__team")}
    teams = Counter(team or _("without a team") for _person, team in people)
    said = ngettext("Adoption: one person nominated or asked", "Adoption: %(number)s people nominated or asked", len(people))
    named = [f"{team}: {number}" for team, number in sorted(teams.items(), key=lambda found: (-found[1], found[0]))[:TEAMS]]
    return Line(said % {"number": len(people)} if "%(number)s" in said else said, reverse("reports"), named)


def _outcomes(user, since):
    """Used, influenced and won are three numbers; none claims a cause."""
    total = report_of(calls_held(ReferenceRequest.objects.visible_to(user), since=since)).total
    said = _("Deals: %(used)s heard a customer, %(influenced)s were influenced as sales sees it, %(won)s of those were won")
    facts = {"used": int(total.used), "influenced": int(total.influenced), "won": int(total.won)}
    return Line(said % facts, reverse("outcomes"))

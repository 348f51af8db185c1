"""What the clocks of people and companies find, each by one query."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery, Value

from advocacy.freshness import METRICS_CURRENT_FOR
from advocacy.models import Account, Advocate, Ask, Consent, Recognition, User
from advocacy.roles import ADVOCACY_TEAM
from advocacy.working_time import day_of, start_of
from outbox.clocks import Due, after, before, unspoken
from outbox.functions import Stamp, StartOfDay

CONSENT_DAYS = (30, 7)
OWNER_DAYS, TEAM_DAY = (7, 21), 35
TOLD_FOR = timedelta(days=10)
UTC_ZONE = Value("UTC")


def running_out(owner: str):
    """The last words of people (or of companies: "account") that are a yes with an end."""
    yes = Consent.objects.latest().filter(decision=Consent.Decision.GIVEN, expires_on__isnull=False)
    return yes.filter(**{f"{owner}__isnull": False})


def consents_of_people(now: datetime) -> Iterator[Due]:
    """What a person allowed and what ends on one day is one reminder."""
    people = Advocate.objects.exclude(status=Advocate.Status.RETIRED).filter(consents__in=running_out("advocate"))
    return _ending(people.select_related("account__csm__deputy"), "consent_ends", now)


def consents_of_companies(now: datetime) -> Iterator[Due]:
    companies = Account.objects.filter(lifecycle=Account.Lifecycle.CUSTOMER, consents__in=running_out("account"))
    return _ending(companies.select_related("csm__deputy"), "company_consent_ends", now)


def _ending(owners, rule, now):
    owners = owners.annotate(ends_at=StartOfDay("consents__expires_on", UTC_ZONE), given_at=F("consents__decided_at"))
    return before("ends_at", owners.distinct(), days=CONSENT_DAYS, rule=rule, now=now, begins="given_at")


def old_figures(now: datetime):
    """Customers with an advocate or a nominee whose figures have become too old to count."""
    someone = Advocate.objects.filter(account=OuterRef("pk")).exclude(status=Advocate.Status.RETIRED)
    old = Account.objects.filter(lifecycle=Account.Lifecycle.CUSTOMER, metrics_as_of__lt=day_of(now) - METRICS_CURRENT_FOR)
    return old.filter(Exists(someone))


def keepers_of_old_figures(now: datetime) -> Iterator[Due]:
    """CSMs with such customers, and the team for those without a CSM; each once a month."""
    mine = old_figures(now).filter(csm=OuterRef("pk")).order_by().values("csm")
    nobodys = old_figures(now).filter(csm__isnull=True).order_by().values("csm")
    oldest = Min("metrics_as_of")
    people = User.objects.filter(is_active=True).annotate(
        own=Subquery(mine.annotate(oldest=oldest).values("oldest")),
        of_team=Subquery(nobodys.annotate(oldest=oldest).values("oldest")),
    )
    in_team = User.objects.filter(pk=OuterRef("pk"), groups__name=ADVOCACY_TEAM)
    keepers = people.filter(Q(own__isnull=False) | Exists(in_team) & Q(of_team__isnull=False)).order_by("pk")
    month = day_of(now).replace(day=1)
    for person in unspoken(keepers, rule="figures_old", mark=f"{month:%Y%m}"):
        became_old = start_of(min(filter(None, [person.own, person.of_team])) + METRICS_CURRENT_FOR + timedelta(days=1))
        yield Due(about=person, mark=person.mark, due_at=max(became_old, start_of(month)))


def owed_recognition(now: datetime) -> Iterator[Due]:
    """Promised, its day passed, and not given."""
    promised = Recognition.objects.filter(status=Recognition.Status.PROMISED, due_on__isnull=False)
    promised = promised.select_related("advocate__account__csm__deputy").annotate(was_due=StartOfDay("due_on", UTC_ZONE))
    return after("was_due", promised, days=[*OWNER_DAYS, TEAM_DAY], rule="recognition_owed", now=now)


def lapsed_asks(now: datetime) -> Iterator[Due]:
    """Asks of other teams for which nobody gave the word in time."""
    lapsed = Ask.objects.filter(
        source=Ask.Source.CAMPAIGN, state=Ask.State.EXPIRED, ended_at__gt=now - TOLD_FOR, asked_by__is_active=True
    )
    for ask in unspoken(lapsed.for_pages().order_by("pk"), rule="ask_lapsed", mark=Stamp(F("ended_at"))):
        yield Due(about=ask, mark=ask.mark, due_at=ask.ended_at)

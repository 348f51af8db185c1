"""What references did for deals: used, influenced and won are three different numbers, and none claims a cause.

A deal counts as used when a conversation about it took place, as influenced when a requester said so, and as won
when the CRM says that one of the influenced was won. Each deal counts once in a total; among the advocates who
spoke for it its credit is shared in equal parts.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from advocacy.models import Advocate, Opportunity, User
from advocacy.working_time import day_of
from references.models import Candidate, ReferenceRequest
from references.sight import sight_of

PERIODS = {"90": 90, "365": 365, "all": None}  # days back from now


@dataclass(frozen=True)
class Call:
    """One conversation that took place."""

    request: int
    advocate: int
    opportunity: int | None
    influenced: bool | None
    is_won: bool | None
    amount: Decimal


@dataclass
class Figures:
    """Deals and their amounts; for one advocate the deals are shares."""

    calls: int = 0
    used: Decimal = Decimal(0)
    influenced: Decimal = Decimal(0)
    won: Decimal = Decimal(0)
    used_amount: Decimal = Decimal(0)
    influenced_amount: Decimal = Decimal(0)
    won_amount: Decimal = Decimal(0)

    def add(self, name: str, share: Decimal, amount: Decimal) -> None:
        setattr(self, name, getattr(self, name) + share)
        setattr(self, f"{name}_amount", getattr(self, f"{name}_amount") + share * amount)


@dataclass
class Report:
    total: Figures = field(default_factory=Figures)
    without_deal: int = 0
    advocates: dict[int, Figures] = field(default_factory=lambda: defaultdict(Figures))


def report_of(calls: Iterable[Call]) -> Report:
    """Pure: the totals, and each advocate's share."""
    report, deals = Report(), defaultdict(list)
    for call in calls:
        report.total.calls += 1
        report.advocates[call.advocate].calls += 1
        if call.opportunity is None:
            report.without_deal += 1
        else:
            deals[call.opportunity].append(call)
    for held in deals.values():
        _share(report, "used", held, held)
        influencing = [call for call in held if call.influenced]
        _share(report, "influenced", held, influencing)
        _share(report, "won", held, influencing if held[0].is_won else [])
    return report


def _share(report, name, held, credited):
    if not credited:
        return
    advocates = {call.advocate for call in credited}
    report.total.add(name, Decimal(1), held[0].amount)
    for advocate in advocates:
        report.advocates[advocate].add(name, Decimal(1) / len(advocates), held[0].amount)


# Read -------------------------------------------------------------------------------------------


def calls_held(requests, *, since: datetime | None = None) -> list[Call]:
    """The conversations behind these requests that took place, since a moment."""
    held = Candidate.objects.filter(
        request__in=requests, request__status=ReferenceRequest.Status.COMPLETED, state=Candidate.State.APPROVED
    )
    if since:
        held = held.filter(ask__ended_at__gte=since)
    rows = held.order_by("pk").values_list(
        "request", "advocate", "request__opportunity", "request__influenced", "request__opportunity__is_won",
        "request__opportunity__amount",
    )  # fmt: skip
    return [Call(*facts, amount or Decimal(0)) for *facts, amount in rows]


def since_of(period: str, now: datetime) -> datetime | None:
    days = PERIODS.get(period)
    return now - timedelta(days=days) if days else None


@dataclass(frozen=True)
class Line:
    """An advocate's share in the report, as far as its reader may know them."""

    advocate: Advocate
    label: str
    figures: Figures


def lines_of(report: Report, user: User, now: datetime) -> list[Line]:
    """Those with the most influence first."""
    people = Advocate.objects.visible_to(user).select_related("account__industry", "account__csm", "search_row")
    found = people.in_bulk(list(report.advocates))
    order = sorted(found, key=lambda pk: (-report.advocates[pk].influenced, -report.advocates[pk].used, pk))
    return [_line(found[pk], report.advocates[pk], user, now) for pk in order]


def _line(advocate, figures, user, now):
    label = sight_of(user, advocate, advocate.search_row, day_of(now)).describe(advocate)
    return Line(advocate, label, figures)


def figures_for_deal(opportunity: Opportunity, user: User) -> Figures:
    """What references did for one deal, of the requests this reader may see."""
    return report_of(calls_held(ReferenceRequest.objects.visible_to(user).filter(opportunity=opportunity))).total

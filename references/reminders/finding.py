"""Which requests wait for somebody, each by one query. Half of a step's time is over: then comes the one reminder."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from advocacy.availability import RENEWAL_DAYS
from advocacy.models import Ask, User
from advocacy.working_time import day_of
from outbox.clocks import Due, unspoken
from outbox.functions import Stamp, StartOfDay
from references.models import Candidate, Debrief, ReferenceRequest, RequestClocks, Slot
from references.services.clocks import awaiting_approval, moving
from references.services.due import ADVOCATE_ANSWER, APPROVAL, DEBRIEF, PICK_SLOT, in_working_days
from references.services.thanks import wins_to_tell

Status = ReferenceRequest.Status
REMIND_AFTER = 0.5
# Conversations longer ago are nobody's present thought.
DEBRIEFS_FOR = timedelta(days=14)
A_MINUTE = Value(timedelta(minutes=1))


def step_days(step: str) -> Coalesce:
    """The working days of a step as the team set them, in the query of the rows themselves."""
    default = getattr(RequestClocks(), step)
    return Coalesce(Subquery(RequestClocks.objects.order_by().values(step)[:1]), Value(default))


def half_over(rows, step: str, rule: str, now: datetime, holder: Callable[[Candidate], User | None]) -> Iterator[Due]:
    """Those of `rows` for which half of a step's working time has passed `since`, which stands in them."""
    for row in unspoken(rows.annotate(days=step_days(step)).order_by("pk"), rule=rule, mark=Stamp(F("since"))):
        due_at = in_working_days(row.days * REMIND_AFTER, holder(row), row.since)
        if due_at <= now:
            yield Due(about=row, mark=row.mark, due_at=due_at, until=getattr(row, "reason_ends", None))


def awaited_approvals(now: datetime) -> Iterator[Due]:
    """Until the step is overdue: then `step_overdue` speaks."""
    rows = awaiting_approval(now).exclude(request__in=moving(now))
    rows = rows.annotate(since=F("ask__created_at"), reason_ends=F("request__due_at"))
    return half_over(rows, APPROVAL, "approval_awaited", now, lambda row: row.request.holder)


def overdue_steps(now: datetime) -> Iterator[Due]:
    """Steps of which nobody above has heard."""
    overdue = ReferenceRequest.objects.overdue(now).filter(escalated_at__isnull=True).exclude(pk__in=moving(now))
    for request in unspoken(overdue.order_by("due_at", "pk"), rule="step_overdue", mark=Stamp(F("due_at"))):
        yield Due(about=request, mark=request.mark, due_at=request.due_at)


def late_answers(now: datetime) -> Iterator[Due]:
    """Requests without an answer by the time the requester was promised one."""
    late = ReferenceRequest.objects.filter(status__in=[Status.OPEN, Status.PROPOSED], overall_due_at__lte=now)
    late = late.exclude(pk__in=moving(now)).select_related("requester", "holder").order_by("pk")
    for request in unspoken(late, rule="answer_late", mark=Stamp(F("overall_due_at"))):
        yield Due(about=request, mark=request.mark, due_at=request.overall_due_at)


def with_the_customer(now: datetime):
    """Approved, and the customer (or whoever is to ask them) has neither offered times nor said no."""
    return (
        Candidate.objects.filter(
            state=Candidate.State.APPROVED,
            request__status__in=[Status.APPROVED, Status.SCHEDULED],
            request__scheduled_for__isnull=True,
            request__needed_by__gte=day_of(now),
        )
        .exclude(request__status=Status.SCHEDULED, request__format=ReferenceRequest.Format.WRITTEN)
        .select_related("request__holder", "request__requester", "advocate__account__csm__deputy")
    )


def silent_customers(now: datetime) -> Iterator[Due]:
    offered = Slot.objects.filter(candidate=OuterRef("pk"))
    rows = with_the_customer(now).filter(~Exists(offered)).annotate(since=Coalesce("asked_at", "decided_at"))
    rows = rows.filter(since__lte=now)
    return half_over(rows, ADVOCATE_ANSWER, "customer_silent", now, lambda row: row.request.holder)


def times_not_chosen(now: datetime) -> Iterator[Due]:
    offered = Slot.objects.filter(candidate=OuterRef("pk"))
    last = Subquery(offered.order_by("-offered_at").values("offered_at")[:1])
    rows = with_the_customer(now).filter(Exists(offered.filter(starts_at__gt=now))).annotate(since=last)
    return half_over(rows, PICK_SLOT, "time_not_chosen", now, lambda row: row.request.requester)


def conversations_over(now: datetime):
    """With the moment each was over."""
    held = Candidate.objects.filter(
        state=Candidate.State.APPROVED,
        request__status__in=[Status.SCHEDULED, Status.COMPLETED],
        request__scheduled_for__lte=now,
        request__scheduled_for__gt=now - DEBRIEFS_FOR,
    )
    length = ExpressionWrapper(F("request__minutes") * A_MINUTE, output_field=DurationField())
    held = held.annotate(since=F("request__scheduled_for") + length).filter(since__lte=now)
    return held.select_related("request__requester", "advocate__account__csm__deputy").order_by("pk")


def debriefs_to_ask_for(now: datetime) -> Iterator[Due]:
    """Once for each time agreed."""
    mark = Stamp(F("request__scheduled_for"))
    for candidate in unspoken(conversations_over(now), rule="debrief_wanted", mark=mark):
        yield Due(about=candidate, mark=candidate.mark, due_at=candidate.since)


def wins(now: datetime) -> Iterator[Due]:
    for request in unspoken(wins_to_tell(now), rule="deal_won", mark="won"):
        yield Due(about=request, mark=request.mark, due_at=now)


def silent_sides(side: str, rule: str) -> Callable[[datetime], Iterator[Due]]:
    """Conversations that are over, of which one side has not said how it was."""

    def find(now: datetime) -> Iterator[Due]:
        said = Debrief.objects.filter(candidate=OuterRef("pk"), side=side)
        return half_over(conversations_over(now).filter(~Exists(said)), DEBRIEF, rule, now, lambda row: row.request.requester)

    return find


def calls_near_a_renewal(now: datetime) -> Iterator[Due]:
    """Conversations agreed for a day on which the ledger asks nothing of the company, because its renewal is near."""
    days = {"call": F("ask__counts_on"), "renewal": F("advocate__account__renewal_date")}
    agreed = Candidate.objects.filter(
        state=Candidate.State.APPROVED, ask__state=Ask.State.SCHEDULED, ask__counts_on__gte=day_of(now)
    )
    near = agreed.annotate(**days).filter(renewal__gte=F("call"), renewal__lte=F("call") + Value(timedelta(days=RENEWAL_DAYS)))
    near = near.select_related("request__requester", "advocate__account__csm__deputy", "advocate__search_row", "ask")
    utc = Value("UTC")
    mark = Concat(Stamp(StartOfDay("call", utc)), Value("-"), Stamp(StartOfDay("renewal", utc)))
    for row in unspoken(near.order_by("pk"), rule="call_near_renewal", mark=mark):
        # However long the renewal has been near: it is told as soon as both are so.
        yield Due(about=row, mark=row.mark, due_at=now)

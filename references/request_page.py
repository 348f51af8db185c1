"""One request as a reader may see it: what was asked, of whom, whose turn it is, and the steps open to this reader."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.models import User
from advocacy.workflow import history_of
from advocacy.working_time import day_of
from references.forms import OutcomeForm, ReasonForm, ScheduleForm
from references.limits import Limits, limits_of
from references.line import LinePage, line_of
from references.models import Candidate, ReferenceRequest
from references.moves import Move, told
from references.outcomes import Figures, figures_for_deal
from references.permissions import may_approve
from references.sight import sight_of
from references.standing import not_in_time
from references.telling import teller
from references.times import shown

Status = ReferenceRequest.Status

# Step: the statuses in which it stands on the page, and who takes it.
STEPS = {
    "approve": ([Status.PROPOSED], "approver"),
    "ask": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "answer": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "times": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "either"),
    "schedule": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "complete": ([Status.SCHEDULED], "either"),
    "no_show": ([Status.SCHEDULED], "either"),
    "after": ([Status.SCHEDULED, Status.COMPLETED], "either"),
    "other": ([Status.PROPOSED, Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "decline": ([Status.PROPOSED, Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "find": ([Status.OPEN], "either"),
    "find_next": ([Status.PROPOSED, Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "queue": ([Status.PROPOSED, Status.APPROVED], "requester"),
    "cancel": ([status for status, moves in ReferenceRequest.TRANSITIONS.items() if Status.CANCELLED in moves], "requester"),
    "again": ([Status.DECLINED, Status.EXPIRED, Status.CANCELLED], "requester_only"),
}


@dataclass(frozen=True)
class Page:
    request: ReferenceRequest
    candidate: Candidate | None
    label: str
    email: str
    note: str
    outcome: str
    line: LinePage
    is_overdue: bool
    is_own_turn: bool
    agreed: str
    steps: set[str]
    sees_prospect: bool
    limits: Limits | None
    deal: Figures | None
    history: list[Move]
    schedule_form: ScheduleForm
    outcome_form: OutcomeForm
    reason_form: ReasonForm

    @property
    def waits_for_other(self):
        """All the reader could do is to call it off: somebody else has the next step."""
        return not self.is_own_turn and bool(self.steps) and self.steps <= {"cancel", "queue", "times"}


def page_of(request: ReferenceRequest, user: User, now: datetime) -> Page:
    on = day_of(now)
    candidate = (
        request.candidates.put_forward()
        .select_related("advocate__account__industry", "advocate__account__csm", "advocate__search_row", "ask")
        .first()
    )
    sight = candidate and sight_of(user, candidate.advocate, candidate.advocate.search_row, on)
    tell = teller(request, user, on)
    approves = may_approve(user, request, on)
    requests = request.requester_id == user.pk
    return Page(
        request=request,
        candidate=candidate,
        label=sight.describe(candidate.advocate) if sight else "",
        email=candidate.advocate.email if sight and sight.contact else "",
        note=tell(candidate.note) if candidate else "",
        outcome=tell(request.outcome),
        line=line_of(request, user, present=candidate, approves=approves, tell=tell, now=now),
        is_overdue=bool(request.due_at and request.due_at <= now),
        is_own_turn=request.holder_id == user.pk,
        agreed=shown(request.scheduled_for, user.time_zone) if request.scheduled_for else "",
        steps=_steps(request, user, approves=approves, requests=requests)
        - not_in_time(request, [slot.starts_at for slot in candidate.slots.all()] if candidate else [], now),
        sees_prospect=approves or requests,
        limits=limits_of(candidate.advocate, request.activity_type, now) if candidate and approves and request.due_at else None,
        deal=figures_for_deal(request.opportunity, user) if request.opportunity else None,
        history=_history(request, tell),
        schedule_form=ScheduleForm(user=user),
        outcome_form=OutcomeForm(),
        reason_form=ReasonForm(),
    )


def _history(request, tell):
    return told(
        Move(row.changed_at, Status(row.to_status).label, str(row.changed_by or ""), tell(row.why)) for row in history_of(request)
    )


def _steps(request, user, *, approves, requests):
    team = user.has_perm("advocacy.run_program")
    may = {
        "approver": approves,
        "requester": requests or team,
        "requester_only": requests,
        "either": approves or requests or team,
    }
    return {step for step, (statuses, who) in STEPS.items() if request.status in statuses and may[who]}

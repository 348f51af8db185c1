"""One request as a reader may see it: what was asked, of whom, whose turn it is, and the steps open to this reader."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.models import User
from advocacy.workflow import history_of
from advocacy.working_time import day_of
from references.forms import OutcomeForm, ReasonForm, ScheduleForm
from references.models import Candidate, ReferenceRequest
from references.permissions import may_approve
from references.sight import sight_of

Status = ReferenceRequest.Status

# Step: the statuses in which it stands on the page, and who takes it.
STEPS = {
    "approve": ([Status.PROPOSED], "approver"),
    "schedule": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "complete": ([Status.SCHEDULED], "either"),
    "no_show": ([Status.SCHEDULED], "either"),
    "decline": ([Status.PROPOSED, Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "find": ([Status.OPEN], "either"),
    "find_next": ([Status.APPROVED, Status.SCHEDULED, Status.NO_SHOW], "approver"),
    "cancel": ([status for status, moves in ReferenceRequest.TRANSITIONS.items() if Status.CANCELLED in moves], "requester"),
    "again": ([Status.DECLINED, Status.EXPIRED, Status.CANCELLED], "requester_only"),
}


@dataclass(frozen=True)
class Line:
    """One row of the history."""

    label: str
    by: User | None
    at: datetime
    why: str


@dataclass(frozen=True)
class Page:
    request: ReferenceRequest
    candidate: Candidate | None
    label: str
    email: str
    note: str
    outcome: str
    steps: set[str]
    sees_prospect: bool
    history: list[Line]
    schedule_form: ScheduleForm
    outcome_form: OutcomeForm
    reason_form: ReasonForm

    @property
    def waits_for_other(self):
        """All the reader could do is to call it off: somebody else has the next step."""
        return self.steps == {"cancel"}


def page_of(request: ReferenceRequest, user: User, now: datetime) -> Page:
    on = day_of(now)
    candidate = request.candidates.select_related(
        "advocate__account__industry", "advocate__account__csm", "advocate__search_row"
    ).first()
    sight = candidate and sight_of(user, candidate.advocate, candidate.advocate.search_row, on)
    approves = may_approve(user, request, on)
    requests = request.requester_id == user.pk
    return Page(
        request=request,
        candidate=candidate,
        label=sight.describe(candidate.advocate) if sight else "",
        email=candidate.advocate.email if sight and sight.contact else "",
        note=_tell(candidate.note, candidate, sight) if candidate else "",
        outcome=_tell(request.outcome, candidate, sight),
        steps=_steps(request, user, approves=approves, requests=requests),
        sees_prospect=approves or requests,
        history=[
            Line(Status(row.to_status).label, row.changed_by, row.changed_at, _tell(row.why, candidate, sight))
            for row in history_of(request)
        ],
        schedule_form=ScheduleForm(user=user),
        outcome_form=OutcomeForm(),
        reason_form=ReasonForm(),
    )


def _tell(text, candidate, sight):
    return sight.tell(text, candidate.advocate) if sight else text


def _steps(request, user, *, approves, requests):
    team = user.has_perm("advocacy.run_program")
    may = {
        "approver": approves,
        "requester": requests or team,
        "requester_only": requests,
        "either": approves or requests or team,
    }
    return {step for step, (statuses, who) in STEPS.items() if request.status in statuses and may[who]}

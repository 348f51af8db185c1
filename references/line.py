"""Who was tried for a request, who waits in line, and what a reader may do about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from advocacy.models import User
from advocacy.working_time import day_of
from references.forms import OtherForm, ReasonForm
from references.models import Candidate, ReferenceRequest, RequestClocks
from references.services.by_link import others_of
from references.sight import sight_of

State = Candidate.State
Status = ReferenceRequest.Status


@dataclass(frozen=True)
class Entry:
    """One advocate of the request, as the reader may know them."""

    pk: int
    advocate: int
    label: str
    reasons: list[str]
    note: str
    state: str
    was_tried: bool


@dataclass(frozen=True)
class LinePage:
    waiting: list[Entry]
    tried: list[Entry]
    goes_on_alone: bool
    may_change: bool
    other_form: OtherForm | None
    not_now_form: ReasonForm | None
    rest_days: int


def line_of(
    request: ReferenceRequest, user: User, *, present: Candidate | None, approves: bool, tell: Callable[[str], str], now: datetime
) -> LinePage:
    """`present` is the candidate whose place is held, if any; `approves`: the reader answers for their account."""
    candidates = request.candidates.all()
    related = ["advocate__account__industry", "advocate__search_row"]
    entries = [_entry(candidate, user, tell, now) for candidate in candidates.select_related(*related).order_by("rank", "pk")]
    answers = approves and present is not None and present.state in (State.PROPOSED, State.APPROVED) and not _is_over(request)
    requests = request.requester_id == user.pk or user.has_perm("advocacy.run_program")
    return LinePage(
        waiting=[entry for entry in entries if entry.state == State.WAITING],
        tried=[entry for entry in entries if entry.was_tried],
        goes_on_alone=request.goes_on_alone,
        may_change=requests and not _is_over(request),
        other_form=OtherForm(auto_id="other_%s", advocates=others_of(present, now)) if answers else None,
        not_now_form=ReasonForm(auto_id="not_now_%s") if answers and present.state == State.PROPOSED else None,
        rest_days=RequestClocks.current().not_now_rest_days,
    )


def _entry(candidate, user, tell, now):
    sight = sight_of(user, candidate.advocate, candidate.advocate.search_row, day_of(now))
    return Entry(
        pk=candidate.pk,
        advocate=candidate.advocate_id,
        label=sight.describe(candidate.advocate),
        reasons=candidate.reasons,
        note=tell(candidate.note),
        state=candidate.state,
        was_tried=_was_tried(candidate),
    )


def _was_tried(candidate):
    """Whoever only waited in line was not, unless their turn came and they had no place."""
    is_out = candidate.state in (State.DECLINED, State.WITHDRAWN)
    return is_out and (candidate.ask_id is not None or candidate.decided_at is not None)


def _is_over(request):
    return not ReferenceRequest.TRANSITIONS.get(request.status)

"""The pipeline as a list: what stands where, how long already, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.models import Account, Recruitment, User
from advocacy.recruiting.words import NEXT_STEPS

Status = Recruitment.Status
UNDER_WAY = "under_way"
STATES = {UNDER_WAY: gettext_lazy("Under way"), **dict(Status.choices)}
OF = {"all": gettext_lazy("All"), "customers": gettext_lazy("My customers"), "mine": gettext_lazy("Put forward by me")}
UNLINKED_OF = {"unlinked": gettext_lazy("Without a company")}


@dataclass(frozen=True)
class Row:
    recruitment: Recruitment
    next_step: str
    who: str
    is_late: bool


def choices_for(user: User) -> dict:
    """Whose people a reader may pick; leaders have no customers and put nobody forward."""
    if not user.has_perm("advocacy.nominate"):
        return {}
    return OF | UNLINKED_OF if user.runs_program else OF


def recruitments_of(user: User, of: str) -> QuerySet[Recruitment]:
    """What this reader may see, as far as the choice goes; what the system took back itself is nobody's business."""
    seen = Recruitment.objects.visible_to(user).exclude(status=Status.NOT_NOW, not_before__isnull=True)
    if of == "customers":
        return seen.filter(advocate__account__in=Account.objects.looked_after_by(user))
    if of == "unlinked":
        return seen.filter(advocate__account__isnull=True)
    return seen.put_forward_by(user) if of == "mine" else seen


def in_state(recruitments: QuerySet[Recruitment], state: str) -> QuerySet[Recruitment]:
    """What waits longest comes first; of what is settled, the latest."""
    if state == UNDER_WAY:
        return recruitments.filter(status__in=Recruitment.OPEN).order_by("created_at", "pk")
    order = ("-created_at", "-pk") if state == Status.ACTIVE else ("not_before", "created_at", "pk")
    return recruitments.filter(status=state).order_by(*order)


def counts(recruitments: QuerySet[Recruitment]) -> list[tuple[str, str, int]]:
    """Each state with its name and how many stand in it; one query."""
    found = recruitments.aggregate(
        **{state: Count("pk", filter=Q(status=state)) for state in Status.values},
        **{UNDER_WAY: Count("pk", filter=Q(status__in=Recruitment.OPEN))},
    )
    return [(state, str(label), found[state]) for state, label in STATES.items()]


def row(recruitment: Recruitment, now: datetime) -> Row:
    at = recruitment.interview_at
    is_late = recruitment.status == Status.INTERVIEW_PLANNED and at is not None and at < now
    next_step = (
        _("The time has passed: fill in the form, or say that it did not happen.") if is_late else NEXT_STEPS[recruitment.status]
    )
    return Row(recruitment, str(next_step) if recruitment.advocate.account_id else str(UNLINKED), who(recruitment), is_late)


UNLINKED = gettext_lazy("Link the company first.")


def who(recruitment: Recruitment) -> str:
    """Whose turn it is."""
    if recruitment.status == Status.INTERVIEW_PLANNED and recruitment.interviewer:
        return recruitment.interviewer
    account = recruitment.advocate.account
    return account.csm.name if account and account.csm else _("Advocacy team")

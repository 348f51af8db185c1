from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Gap, User
from advocacy.services import set_gaps
from advocacy.workflow import move
from references.demand.gaps import biggest_gaps
from references.exceptions import NotToSay
from references.models import DemandRules, UnmetNeed


def refresh_gaps(*, now: datetime) -> list[Gap]:
    """Tell the nomination forms who is wanted now; safe to run at any time and twice."""
    return set_gaps(gaps=[(", ".join(cell.labels), cell.missing) for cell in biggest_gaps(now)], now=now)


@transaction.atomic
def set_demand_rules(*, by: User, **inputs) -> DemandRules:
    """Change the inputs of the formula: share in percent, references a deal, asks a year an advocate can bear."""
    rules = DemandRules.current()
    for name, value in inputs.items():
        setattr(rules, name, value)
    rules.save()
    return rules


@transaction.atomic
def settle_need(*, need: UnmetNeed, state: str, by: User, now: datetime, why: str = "") -> UnmetNeed:
    """Met, not pursued, or open again; raises ForbiddenMove."""
    move(need, to=state, by=by, why=why, changed_at=now)
    return need


@transaction.atomic
def say_why_lost(*, need: UnmetNeed, lost_for_want: bool | None) -> UnmetNeed:
    """Whether the deal was lost for want of a reference, as its people see it; raises NotToSay unless it was lost."""
    if need.opportunity is None or need.opportunity.is_won is not False:
        raise NotToSay(_("Only of a lost deal can somebody say why it was lost."))
    need.lost_for_want = lost_for_want
    need.save(update_fields=["lost_for_want"])
    return need

from dataclasses import dataclass
from decimal import Decimal

from advocacy.models import Opportunity, User
from references.models import UnmetNeed


@dataclass(frozen=True)
class LostDeals:
    """What became of the deals whose need nobody met; each deal counts once, amounts in the CRM's currency."""

    open: int
    won: int
    lost: int
    for_want: int  # of the lost ones, those whose people say a reference was missing
    for_want_amount: Decimal


def lost_deals(user: User) -> LostDeals:
    needs = UnmetNeed.objects.visible_to(user).exclude(state=UnmetNeed.State.MET).filter(opportunity__isnull=False)
    for_want = set(needs.filter(lost_for_want=True).values_list("opportunity", flat=True))
    deals = Opportunity.objects.filter(pk__in=needs.values("opportunity")).values_list("pk", "is_won", "amount")
    lost = [(pk, amount or Decimal(0)) for pk, is_won, amount in deals if is_won is False]
    return LostDeals(
        open=sum(is_won is None for _pk, is_won, _amount in deals),
        won=sum(is_won is True for _pk, is_won, _amount in deals),
        lost=len(lost),
        for_want=sum(pk in for_want for pk, _amount in lost),
        for_want_amount=sum((amount for pk, amount in lost if pk in for_want), Decimal(0)),
    )

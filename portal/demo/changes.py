"""What changed at customers since they were nominated."""

from datetime import datetime

from advocacy.models import Account
from nominations.services.alerts import watch_customers


def let_something_happen(now: datetime) -> None:
    """An escalation opens at a nominated customer of the CSM of the sign-in page, and she hears of it."""
    watch_customers(now=now)
    account = Account.objects.get(name="Lowland Parcel")
    account.open_escalation = True
    account.save(update_fields=["open_escalation"])
    watch_customers(now=now)

"""When people work whom a mail goes to: colleagues say so, advocates have a zone."""

from datetime import time

from django.db.models import TimeField, Value
from django.db.models.functions import Lower

from advocacy.models import Advocate, User

STARTS, ENDS = time(9), time(17)
COLLEAGUE, CUSTOMER = 1, 2


def of_address(address: str) -> tuple[str, time, time] | None:
    """Zone and working day of whoever reads this address, a colleague first; None for nobody we know. One query."""
    people = User.objects.filter(email=address, is_active=True).values_list(
        Value(COLLEAGUE), "time_zone", "workday_starts", "workday_ends"
    )
    # As the index has it: in small letters, and not for those without an address.
    known = Advocate.objects.annotate(address=Lower("email")).filter(address=address).exclude(email="").exclude(time_zone="")
    customers = known.values_list(Value(CUSTOMER), "time_zone", Value(STARTS, TimeField()), Value(ENDS, TimeField()))
    found = sorted(people.union(customers, all=True))
    return found[0][1:] if found else None

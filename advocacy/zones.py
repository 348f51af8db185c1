"""When people work whom a mail goes to: colleagues say so, advocates have a zone."""

from datetime import time

from django.db.models import TimeField, Value
from django.db.models.functions import Lower

from advocacy.models import Advocate, User

STARTS, ENDS = time(9), time(17)


def of_address(address: str) -> tuple[str, time, time] | None:
    """Zone and working day of whoever reads this address, a colleague first; None for nobody we know. One query."""
    people = User.objects.filter(email=address, is_active=True).values_list(
        "time_zone", "workday_starts", "workday_ends", Value(1)
    )
    known = Advocate.objects.annotate(address=Lower("email")).filter(address=address).exclude(email="").exclude(time_zone="")
    customers = known.values_list("time_zone", Value(STARTS, TimeField()), Value(ENDS, TimeField()), Value(2))
    found = people.union(customers, all=True).order_by("col4").first()
    return found and found[:3]

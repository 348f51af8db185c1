"""When people work whom a mail goes to: colleagues say so, advocates have a zone."""

from collections.abc import Iterable
from datetime import time

from django.db.models import TimeField, Value
from django.db.models.functions import Lower

from advocacy.models import Advocate, User

STARTS, ENDS = time(9), time(17)
COLLEAGUE, CUSTOMER = 1, 2


def of_addresses(addresses: Iterable[str]) -> dict[str, tuple[str, time, time]]:
    """Zone and working day of whoever reads each address, a colleague first; nobody for whom we do not know. One query."""
    addresses = list(addresses)
    people = User.objects.filter(email__in=addresses, is_active=True).values_list(
        Value(COLLEAGUE), "email", "time_zone", "workday_starts", "workday_ends"
    )
    # As the index has it: in small letters, and not for those without an address.
    known = (
        Advocate.objects.annotate(address=Lower("email")).filter(address__in=addresses).exclude(email="").exclude(time_zone="")
    )
    customers = known.values_list(Value(CUSTOMER), "address", "time_zone", Value(STARTS, TimeField()), Value(ENDS, TimeField()))
    found = sorted(people.union(customers, all=True), reverse=True)  # what comes last stays
    return {address: zone for _who, address, *zone in found}

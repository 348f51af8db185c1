"""When the database refuses because of somebody else at the same moment: the same thing again may work."""

from django.db import Error

# PostgreSQL: serialization failure, deadlock found, lock not available.
CODES = {"40001", "40P01", "55P03"}


def may_pass(error: Error) -> bool:
    return getattr(error.__cause__, "pgcode", None) in CODES

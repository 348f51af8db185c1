from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from advocacy.models import Gap

ONE_WRITER = 7_352_102  # any number nobody else locks on


@transaction.atomic
def set_gaps(*, gaps: Iterable[tuple[str, int]], now: datetime) -> list[Gap]:
    """Say who is wanted now, most wanted first: a label and how many are missing. Replaces what was said before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_WRITER])
    Gap.objects.all().delete()
    return Gap.objects.bulk_create(
        Gap(label=label, missing=missing, position=position, noted_at=now) for position, (label, missing) in enumerate(gaps)
    )

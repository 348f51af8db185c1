from datetime import datetime, timedelta

from django.db import connection

from outbox.models import Message

WINDOW = timedelta(minutes=1)
LOCK = 0x6F757462  # "outb"


def has_room(per_minute: int | None, now: datetime) -> bool:
    """Whether one more mail may be claimed: never more than `per_minute` within any minute, over all workers.

    Call it in the transaction of the claim, which ends the turn of whoever counts.
    """
    if per_minute is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return Message.objects.filter(claimed_at__gt=now - WINDOW).count() < per_minute

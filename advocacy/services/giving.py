"""What a customer gets from us beside an award."""

from datetime import date, datetime

from django.db import transaction

from advocacy.models import Advocate, Recognition, User
from advocacy.workflow import move, record_change
from outbox.services import cancel_messages


@transaction.atomic
def add_recognition(
    *, advocate: Advocate, kind: str, what: str, status: str, by: User, now: datetime, due_on: date | None = None
) -> Recognition:
    """Write down a thank-you or a gift, promised or given."""
    given = Recognition.objects.create(advocate=advocate, kind=kind, what=what, status=status, due_on=due_on, created_at=now)
    record_change(given, from_status="", to_status=status, by=by, changed_at=now)
    return given


def deliver_recognition(*, recognition: Recognition, by: User, now: datetime) -> None:
    """What was promised has been given; raises ForbiddenMove."""
    move(recognition, to=Recognition.Status.DELIVERED, by=by, changed_at=now)
    cancel_messages(kind="recognition_owed", about=recognition)

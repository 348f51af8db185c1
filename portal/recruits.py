"""What recruiting asks of a person today."""

from datetime import datetime

from django.db.models import Q

from advocacy.models import Account, Advocate, Interview, PersonMatch, Recruitment, User
from advocacy.recruiting.board import Row, row

ROWS = 8


def recruiting_parts(user: User, now: datetime) -> dict:
    parts = {}
    if user.has_perm("advocacy.nominate"):
        parts["recruits"] = recruits_due(user, now)
    if user.runs_program:
        parts |= {"unlinked_people": unlinked_people(), "known_twice": PersonMatch.objects.open().count()}
    return parts


def recruits_due(user: User, now: datetime) -> list[Row]:
    """People of the user's customers whose next step is due, and interviews the user holds; what waits longest first."""
    held = Interview.objects.filter(interviewer=user, outcome=Interview.Outcome.PLANNED).values("recruitment")
    mine = Q(advocate__account__in=Account.objects.looked_after_by(user)) | Q(pk__in=held)
    due = Recruitment.objects.open().filter(mine).for_board().order_by("created_at", "pk")
    return [row(recruitment, now) for recruitment in due[:ROWS]]


def unlinked_people() -> int:
    """Those who offered themselves and whose company nobody has linked."""
    nowhere = Advocate.objects.filter(account__isnull=True)
    return Recruitment.objects.open().filter(advocate__in=nowhere).count()

from datetime import datetime

from awards.models import Judge


def note_practised(*, judge: Judge, now: datetime) -> None:
    """The judge has seen the practice nomination, or skipped it; it is not offered first again. Nothing else is kept."""
    Judge.objects.filter(pk=judge.pk, practised_at__isnull=True).update(practised_at=now)

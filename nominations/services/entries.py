from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import record_change
from nominations.exceptions import CategoryNotChanged
from nominations.models import Category, Entry, Nomination


@transaction.atomic
def change_category(*, nomination: Nomination, to: Category, by: User, now: datetime, entry: Entry | None = None) -> Entry:
    """Move one entry to another category of the program, or enter the nomination into one more. History says so.

    Raises CategoryNotChanged once judging has opened, or where the nomination stands in that category already.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    _check(nomination, to, now)
    if entry is None:
        why = _("Entered into “%(to)s”.") % {"to": to}
        entry = Entry(nomination=nomination)
    else:
        entry = Entry.objects.select_related("category").get(pk=entry.pk, nomination=nomination)
        if entry.status != Entry.Status.ENTERED:
            raise CategoryNotChanged(_("This entry is shortlisted or decided: it stays in its category."))
        why = _("Moved from “%(before)s” to “%(to)s”.") % {"before": entry.category, "to": to}
    entry.category = to
    entry.save()
    record_change(nomination, from_status=nomination.status, to_status=nomination.status, by=by, why=why, changed_at=now)
    return entry


def _check(nomination, to, now):
    if to.program_id != nomination.program_id:
        raise CategoryNotChanged(_("Choose a category of the same program."))
    if now >= nomination.program.judging_opens_at:
        raise CategoryNotChanged(_("Judging has opened: categories stay as they are."))
    if nomination.status != Nomination.Status.SUBMITTED:
        raise CategoryNotChanged(_("Only submitted nominations change their category."))
    if nomination.entries.filter(category=to).exists():
        raise CategoryNotChanged(_("It stands in this category already."))

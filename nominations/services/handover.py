from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import record_change
from nominations import emails
from nominations.exceptions import AlreadySubmitted, ColleagueUnfit
from nominations.models import Nomination
from nominations.services.stopping import stop_reminding_of_draft

Status = Nomination.Status


@transaction.atomic
def hand_over(*, nomination: Nomination, to: User, by: User, note: str, now: datetime) -> bool:
    """Give a draft to a colleague, who is told by mail; the giver keeps sight of it. False when it is theirs already.

    Raises AlreadySubmitted, or ColleagueUnfit with the reason why `to` cannot go on with it.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    if nomination.nominator == to:
        return False
    _check(nomination, to)
    giver = nomination.nominator
    stop_reminding_of_draft(nomination)
    nomination.nominator = to
    # An open window of the giver belongs to nobody's draft any more.
    nomination.edited_from = ""
    nomination.save(update_fields=["nominator", "edited_from", "updated_at"])
    nomination.supporters.remove(to)
    if giver:
        nomination.supporters.add(giver)
    why = _("Handed to %(name)s.") % {"name": to}
    change = record_change(
        nomination, from_status=Status.DRAFT, to_status=Status.DRAFT, by=by, why=f"{why} {note}".strip(), changed_at=now
    )
    emails.draft_handed_to_you(nomination, by=by, note=note, mark=f"change-{change.pk}")
    return True


def _check(nomination, to):
    if nomination.status != Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))
    if not (to.is_active and to.has_perm("advocacy.nominate")):
        raise ColleagueUnfit(
            _("%(name)s cannot nominate customers. Ask the advocacy team, or choose somebody else.") % {"name": to}
        )

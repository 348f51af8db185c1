from django.db import transaction
from django.utils import timezone

from advocacy.models import Account, User
from nominations.models import Nomination
from nominations.services.drafts import save_draft
from nominations.services.submission import tell_who_looks_after


@transaction.atomic
def link_account(*, nomination: Nomination, account: Account, by: User, now=None) -> Nomination:
    """Say by hand which company a nomination belongs to; the nominee goes with it and the CSM is told.

    A nominee known at a company already stays there.
    """
    nomination = Nomination.objects.select_for_update(of=("self",)).select_related("nominee", "program").get(pk=nomination.pk)
    if nomination.account_id == account.pk:
        return nomination
    nomination.account = account
    nomination.sponsor = account.csm
    nomination.edited_from = ""
    nomination.save(update_fields=["account", "sponsor", "edited_from", "updated_at"])
    if nomination.nominee and nomination.nominee.account_id is None:
        nomination.nominee.account = account
        nomination.nominee.save(update_fields=["account"])
    if nomination.status == Nomination.Status.SUBMITTED and nomination.source != Nomination.Source.IMPORT:
        tell_who_looks_after(nomination, now=now or timezone.now())
    return nomination


def change_account(*, nomination: Nomination, account: Account, by: User) -> Nomination:
    """Give a draft another account. People of the old one leave it; the story stays."""
    if nomination.account_id == account.pk:
        return nomination
    data = {"account": account, "nominee": None, "co_nominees": []}
    return save_draft(program=nomination.program, by=by, nomination=nomination, data=data)

"""Fetch and authorise in one step: not visible is 404, visible but not yours to change is 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.models import Account, Advocate, User


def get_advocate_to_see(user: User, pk: int) -> Advocate:
    return get_object_or_404(Advocate.objects.visible_to(user).select_related("account__industry", "account__csm"), pk=pk)


def get_advocate_to_change(user: User, pk: int) -> Advocate:
    """For the advocacy team and the CSM of the account."""
    advocate = get_advocate_to_see(user, pk)
    if not looks_after(user, advocate.account):
        raise PermissionDenied
    return advocate


def looks_after(user: User, account: Account | None) -> bool:
    is_csm = account is not None and account.csm_id is not None and account.csm_id == user.pk
    return is_csm or user.has_perm("advocacy.run_program")


def may_see_contact(user: User, advocate: Advocate) -> bool:
    """E-mail addresses: for those with the permission and for the CSM of the account, never for sales."""
    account = advocate.account
    is_csm = account is not None and account.csm_id is not None and account.csm_id == user.pk
    return is_csm or user.has_perm("advocacy.view_contact_data")

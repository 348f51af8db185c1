"""Fetch and authorise in one step: not visible is 404, visible but not yours to change is 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.models import Interview, Recruitment, User
from advocacy.permissions import looks_after


def require_nominator(user: User) -> None:
    if not user.has_perm("advocacy.nominate"):
        raise PermissionDenied


def may_see_board(user: User) -> bool:
    """Whoever puts people forward sees what became of it; leaders read."""
    return user.has_perm("advocacy.nominate") or user.has_perm("advocacy.view_reports")


def knows_the_customer(user: User, recruitment: Recruitment) -> bool:
    """Figures and interviews are for those who look after the customer and for those who see every advocate."""
    return user.has_perm("advocacy.view_all_advocates") or looks_after(user, recruitment.advocate.account)


def get_recruitment_to_see(user: User, pk: int) -> Recruitment:
    return get_object_or_404(Recruitment.objects.visible_to(user).for_board(), pk=pk)


def get_recruitment_to_change(user: User, pk: int) -> Recruitment:
    """For the advocacy team and the CSM of the account."""
    recruitment = get_recruitment_to_see(user, pk)
    if not looks_after(user, recruitment.advocate.account):
        raise PermissionDenied
    return recruitment


def get_interview(user: User, pk: int) -> Interview:
    """For whoever holds it, the CSM of the account and the advocacy team."""
    interviews = Interview.objects.visible_to(user).select_related(
        "advocate__account__csm", "recruitment", "interviewer", "draft__saved_by"
    )
    return get_object_or_404(interviews, pk=pk)

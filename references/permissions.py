"""Fetch and authorise in one step: not visible is 404, visible but not yours to change is 403."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.models import Advocate, User
from advocacy.people import is_responsible_for, looks_after
from advocacy.permissions import may_see_contact
from references.models import Candidate, ReferenceRequest


def may_search(user: User) -> bool:
    return user.has_perm("advocacy.search_advocates") or user.has_perm("advocacy.view_all_advocates")


def get_request_to_see(user: User, pk: int) -> ReferenceRequest:
    requests = ReferenceRequest.objects.visible_to(user).select_related("requester", "holder", "activity_type", "opportunity")
    return get_object_or_404(requests, pk=pk)


def get_request_to_work_on(user: User, pk: int, on: date) -> ReferenceRequest:
    """For the requester, whoever looks after the advocate's account, and the advocacy team."""
    request = get_request_to_see(user, pk)
    if not (request.requester_id == user.pk or may_approve(user, request, on)):
        raise PermissionDenied
    return request


def get_request_to_approve(user: User, pk: int, on: date) -> ReferenceRequest:
    """For whoever looks after the advocate's account, and the advocacy team; never for the requester as such."""
    request = get_request_to_see(user, pk)
    if not may_approve(user, request, on):
        raise PermissionDenied
    return request


def get_own_request(user: User, pk: int) -> ReferenceRequest:
    """For the requester and the advocacy team."""
    request = get_request_to_see(user, pk)
    if not (request.requester_id == user.pk or user.has_perm("advocacy.run_program")):
        raise PermissionDenied
    return request


def may_approve(user: User, request: ReferenceRequest, on: date) -> bool:
    if user.has_perm("advocacy.run_program"):
        return True
    candidate = last_candidate(request)
    if candidate is None:
        return False
    account = candidate.advocate.account
    return _went_up_to(user, request, account) or looks_after(user, account, on)


def _went_up_to(user, request, account):
    """The step of whoever speaks for the customer is late, and their manager sees to it; a manager in sales never does."""
    holder, csm = request.holder, account and account.csm
    is_late = bool(request.escalated_at and holder and holder.manager_id == user.pk)
    return bool(is_late and csm) and holder.pk in (csm.pk, csm.deputy_id)


def may_write_to(user: User, advocate: Advocate, on: date) -> bool:
    """The address of a customer: for those who see contact data, and for whoever stands in for the CSM."""
    return may_see_contact(user, advocate) or is_responsible_for(user, advocate.account, on)


def last_candidate(request: ReferenceRequest) -> Candidate | None:
    """The advocate put forward last, whatever the answer; one is put forward at a time, others may wait in line."""
    candidates = request.candidates.put_forward()
    return candidates.select_related("advocate__account__industry", "advocate__account__csm", "ask").first()


def searchers_only(view: Callable) -> Callable:
    """For those who may search references."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_search(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded

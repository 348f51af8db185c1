"""Fetch and authorise in one step: not visible is 404, visible but not yours to change is 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from advocacy.models import Advocate, Content, Recognition, Story, User
from advocacy.permissions import get_advocate_to_change, get_advocate_to_see
from references.permissions import may_search


def get_profile_to_see(user: User, pk: int) -> Advocate:
    _only_searchers(user)
    return get_advocate_to_see(user, pk)


def get_profile_to_change(user: User, pk: int) -> Advocate:
    """For the CSM of the account and the advocacy team."""
    _only_searchers(user)
    return get_advocate_to_change(user, pk)


def get_story_to_change(user: User, pk: int) -> Story:
    stories = Story.objects.select_related("advocate__account__industry", "account__industry", "changed_by")
    return _of_advocate_to_change(user, stories, pk)


def get_content_to_see(user: User, pk: int) -> Content:
    _only_searchers(user)
    content = get_object_or_404(Content.objects.select_related("advocate__account__industry"), pk=pk)
    get_advocate_to_see(user, content.advocate_id)
    return content


def get_content_to_change(user: User, pk: int) -> Content:
    return _of_advocate_to_change(user, Content.objects.select_related("advocate__account"), pk)


def get_recognition_to_change(user: User, pk: int) -> Recognition:
    return _of_advocate_to_change(user, Recognition.objects.select_related("advocate__account"), pk)


def _of_advocate_to_change(user, rows, pk):
    _only_searchers(user)
    row = get_object_or_404(rows, pk=pk)
    get_advocate_to_change(user, row.advocate_id)
    return row


def _only_searchers(user):
    if not may_search(user):
        raise PermissionDenied

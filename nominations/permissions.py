"""Fetch and authorise in one step: what may not be seen is 404, what may not be changed is 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nominations.models import Nomination, Program


def get_program(user, slug):
    return get_object_or_404(Program.objects.visible_to(user), slug=slug)


def get_program_to_nominate_for(user, slug):
    program = get_program(user, slug)
    if not user.has_perm("advocacy.nominate"):
        raise PermissionDenied(_("Only people who nominate customers can open this page."))
    return program


def get_nomination(user, pk):
    return get_object_or_404(Nomination.objects.visible_to(user).for_page(), pk=pk)


def get_nomination_to_change(user, pk):
    """The whole nomination: for its nominator, and for the advocacy team."""
    nomination = get_nomination(user, pk)
    if not Nomination.objects.changeable_by(user).filter(pk=pk).exists():
        raise PermissionDenied(_("Only the person who nominated can change this."))
    return nomination


def get_nomination_to_answer_for(user, pk):
    """The nominee's reply and the reading of the partnership: for the CSM who stands for it, and for the team."""
    nomination = get_nomination(user, pk)
    if not stands_for(user, nomination):
        raise PermissionDenied(_("Only the customer's CSM or the advocacy team can do this."))
    return nomination


def stands_for(user, nomination):
    if user.has_perm("advocacy.run_program"):
        return True
    return user.pk in {nomination.sponsor_id, nomination.account.csm_id if nomination.account else None}


def may_see_contact_data(user, account):
    """E-mail addresses of people at `account`: for its own CSM and for those with the permission."""
    return user.has_perm("advocacy.view_contact_data") or bool(account and account.csm_id == user.pk)

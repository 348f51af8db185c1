"""Fetch and authorise in one step: what may not be seen is 404, what may not be changed is 403."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from advocacy.people import is_responsible_for
from advocacy.working_time import day_of
from nominations.exceptions import AlreadySubmitted
from nominations.models import Nomination, Program


def get_program(user, slug):
    return get_object_or_404(Program.objects.visible_to(user), slug=slug)


def get_program_to_nominate_for(user, slug):
    program = get_program(user, slug)
    require_nominator(user)
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
    """The sponsor, the CSM, whoever stands in for the CSM today, and the advocacy team."""
    own = {nomination.sponsor_id, nomination.account.csm_id if nomination.account else None}
    if user.has_perm("advocacy.run_program") or user.pk in own:
        return True
    return is_responsible_for(user, nomination.account, day_of(timezone.now()))


def get_program_to_set_up(user, slug):
    require_program_team(user)
    return get_object_or_404(Program, slug=slug)


def require_program_team(user):
    if not user.has_perm("advocacy.run_program"):
        raise PermissionDenied(_("Programs are set up by the advocacy team."))


def require_triage(user):
    if not user.has_perm("advocacy.run_program"):
        raise PermissionDenied(_("The advocacy team looks through nominations."))


def get_program_to_triage(user, slug):
    require_triage(user)
    return get_object_or_404(Program.objects.visible_to(user), slug=slug)


def get_nomination_to_triage(user, slug, pk):
    """One that was handed in; a draft is its writer's alone."""
    require_triage(user)
    handed_in = Nomination.objects.visible_to(user).exclude(status=Nomination.Status.DRAFT).for_page()
    return get_object_or_404(handed_in, program__slug=slug, pk=pk)


def get_nomination_to_clarify(user, pk):
    """For the person who is asked, until it is answered, and whoever may change the nomination or stands for the customer."""
    nomination = get_object_or_404(
        Nomination.objects.for_page()
        .filter(
            Q(pk__in=Nomination.objects.visible_to(user).values("pk"))
            | Q(clarifications__asked_of=user, clarifications__answered_at=None)
        )
        .distinct(),
        pk=pk,
    )
    is_asked = nomination.clarifications.filter(asked_of=user, answered_at=None).exists()
    if not (is_asked or stands_for(user, nomination) or Nomination.objects.changeable_by(user).filter(pk=pk).exists()):
        raise PermissionDenied(_("Only the person who nominated can answer this."))
    return nomination


def require_nominator(user):
    if not user.has_perm("advocacy.nominate"):
        raise PermissionDenied(_("Only people who nominate customers can open this page."))


def get_draft_to_change(user, pk):
    """A draft, for its nominator and the advocacy team; raises AlreadySubmitted where it is none any more."""
    nomination = get_nomination_to_change(user, pk)
    if nomination.status != Nomination.Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))
    return nomination


def signed_in_again(view):
    """Whoever is signed out comes back to the form of the draft; a script is not shown the sign-in page in a corner."""

    @wraps(view)
    def answer(request, pk, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, pk, *args, **kwargs)
        to_login = redirect_to_login(reverse("nomination-edit", args=[pk]))
        return HttpResponseClientRedirect(to_login.url) if request.htmx else to_login

    return answer


def only_for_drafts(view):
    """A page of a draft that was submitted meanwhile leads to the nomination and says so."""

    @wraps(view)
    def answer(request, pk, *args, **kwargs):
        try:
            return view(request, pk, *args, **kwargs)
        except AlreadySubmitted as error:
            messages.info(request, str(error))
            place = reverse("nomination", args=[pk])
            return HttpResponseClientRedirect(place) if request.htmx else redirect(place)

    return answer
